import type { Spot } from "../writer.ts";
import { LINE, type Draft } from "./draft.ts";
import type { Host } from "./host.ts";
import { breaks } from "./breaks.ts";
import { freshIn } from "./names.ts";
import { isAsyncNode, returnTypeOf } from "./promise.ts";
import { field, functionOf, nodeIn, textOf, type Node } from "./syntax.ts";
import { stripped } from "./work.ts";

/** Calls that answer yes or no at once: the last name of what is called. */
const ASKS = /^(?:includes|some|every|test|startsWith|endsWith|has|timingSafeEqual|compareSync)$/;
/** Those that may answer later: where they are waited for. */
const ASKS_LATER = /^(?:(?:has|is|can|may|should|matches|contains|verify|check|compare)(?:[A-Z]\w*)?)$/;
const COMPARES: ReadonlySet<string> = new Set(["==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "instanceof"]);

/**
 * `return roles.includes(role);` lets in or refuses by what it gives: the value gets a name, and a line is written where it
 * says no. Undefined where it is no question of yes and no.
 */
export function guardedDraft(spot: Spot, host: Host): Draft | undefined {
  if (host.sort === "end" || (host.sort !== "arrow" && host.stmt.node.type !== "ReturnStatement")) return undefined;
  const sited = host.sort === "arrow" ? host.body : host.stmt;
  const value = host.sort === "arrow" ? sited.node : nodeIn(sited.node, "argument");
  const around = functionOf(sited);
  if (value === undefined || around === undefined) return undefined;
  const type = returnTypeOf(spot.file, around.node);
  const later = !isAsyncNode(around.node) && /^Promise\b/.test(type ?? "");
  if (later || !(type === undefined || /^(?:Promise\s*<\s*)?boolean\b/.test(type)) || !asks(spot, value, type, false)) return undefined;
  const name = freshIn(spot)("isAllowed");
  const semi = spot.style.semicolons ? ";" : "";
  const no = spot.kind === "failure" ? `!${name}` : name;
  const lead = `const ${name} = `;
  return {
    before: [],
    inside: host.sort === "arrow" ? [] : breaks(spot, sited.node, value, lead),
    after: [`if (${no}) {`, `${spot.style.unit}${LINE}`, "}", `return ${name}${semi}`],
    around: [],
    safe: true,
    lead,
  };
}

function asks(spot: Spot, node: Node, type: string | undefined, waited: boolean): boolean {
  const value = stripped(node);
  switch (value.type) {
    case "BinaryExpression":
      return COMPARES.has(String(field(value, "operator")));
    case "UnaryExpression":
      return field(value, "operator") === "!";
    case "LogicalExpression":
      return asks(spot, nodeIn(value, "left")!, type, waited) && asks(spot, nodeIn(value, "right")!, type, waited);
    case "AwaitExpression":
      return asks(spot, nodeIn(value, "argument")!, type, true);
    case "CallExpression": {
      const name = /[\w$]+$/.exec(textOf(spot.file, nodeIn(value, "callee")!))?.[0] ?? "";
      return (
        ASKS.test(name) || (waited && ASKS_LATER.test(name)) || (/boolean/.test(type ?? "") && (waited || type!.startsWith("boolean")))
      );
    }
    default:
      return false;
  }
}
