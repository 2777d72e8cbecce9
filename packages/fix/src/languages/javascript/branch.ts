import type { FileIR } from "@telltale/scan/analysis";
import type { Seat } from "../writer.ts";
import { indentAt, indented, startsLine } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import type { Host } from "./host.ts";
import { bare, nodeIn, textOf, type Node, type Sited } from "./syntax.ts";

/**
 * `return test ? a : b;` becomes an `if` with two returns, the line before its own. Undefined where the choice is not the
 * whole value of a return or an arrow function, or comments stand between its parts.
 */
export function branchSeat(file: FileIR, host: Host, branch: Sited, style: Style): Seat | undefined {
  const choice = branch.up!.node;
  const whole = wholeOf(host);
  if (whole === undefined || bare(whole.value) !== choice) return undefined;
  const [test, then, otherwise] = ["test", "consequent", "alternate"].map((key) => nodeIn(choice, key)!) as [Node, Node, Node];
  if (file.comments.some(({ start }) => start >= whole.start && start < whole.end)) return undefined;
  const base = startsLine(file.text, whole.start) ? indentAt(file.text, whole.start) : undefined;
  if (base === undefined && host.sort === "list") return undefined;
  const first = branch.under === "consequent";
  const semi = style.semicolons ? ";" : "";
  const outer = host.sort === "arrow" ? indentAt(file.text, whole.start) + style.unit : base!;
  const inner = outer + style.unit;
  const { eol } = style;
  return {
    offset: choice.start,
    safe: true,
    indent: first ? inner : outer,
    write: (line) => {
      const mine = (indent: string): string => indent + indented(line, indent, eol) + eol;
      const text = [
        `if (${textOf(file, bare(test))}) {${eol}`,
        first ? mine(inner) : "",
        `${inner}return ${textOf(file, bare(then))}${semi}${eol}`,
        `${outer}}${eol}`,
        first ? "" : mine(outer),
        `${outer}return ${textOf(file, bare(otherwise))}${semi}`,
      ].join("");
      return [{ start: whole.start, end: whole.end, text: whole.open(text, outer) }];
    },
  };
}

interface Whole {
  readonly value: Node;
  readonly start: number;
  readonly end: number;
  readonly open: (text: string, outer: string) => string;
}

function wholeOf(host: Host): Whole | undefined {
  if (host.sort === "list" && host.stmt.node.type === "ReturnStatement") {
    const { node } = host.stmt;
    const value = nodeIn(node, "argument");
    return value === undefined ? undefined : { value, start: node.start, end: node.end, open: (text) => text };
  }
  return undefined;
}
