import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import { faultsOf } from "../trees/tree.ts";
import type { LanguageWriter, Seat, Spot } from "../writer.ts";
import type { TreeSpec } from "../trees/spec.ts";
import { isRefused, type Refused } from "../../contract.ts";
import { doneSeat } from "./done.ts";
import { hold } from "./hold.ts";
import { asWritten, plainText, values } from "./spelling.ts";

const rows: ReadonlySet<string> = new Set(["block", "statement_list", "source_file"]);

/** https://github.com/tree-sitter/tree-sitter-go */
const spec: TreeSpec = {
  rows,
  compound: new Set(["if_statement", "for_statement", "expression_switch_statement", "type_switch_statement", "select_statement"]),
  catches: new Set(),
  functions: new Set(["function_declaration", "method_declaration", "func_literal"]),
  leaves: new Set(["return_statement"]),
  barrier: (node, parent) =>
    parent.type === "binary_expression" && node.field === "right" ? "an operator decides whether it is reached" : undefined,
  open: createOpen({ rows, bare: () => false, inner: new Set(["statement_list"]) }),
  plain:
    /(?:^|\.)(?:JSON|HTML|Redirect\w*|String|XML|NoContent|WriteHeader|Write|Status|Render\w*|Flash\.\w+|Tr|Sprintf|New|Errorf|Wrap\w*|Abort\w*|Header|Set|Get)$/,
  // `err` of an outer `if` is an error where it is returned as such.
  saysError: ({ node }, text) => /^return\b.*(?:\berr\b|errors\.|fmt\.Errorf)/s.test(text.slice(node.start, node.end)),
  valueOf: (node) => {
    const list = node.type === "return_statement" ? node.children[0] : undefined;
    return list?.children.length === 1 ? list.children[0] : undefined;
  },
  keep: (name, value) => `${name} := ${value}`,
};

const place = createSeat(spec);

function seat(spot: Spot): Seat | Refused {
  const found = (spot.kind === "success" ? doneSeat(spot, spec.plain) : undefined) ?? place(spot);
  return isRefused(found) ? found : asWritten(found, spot);
}

/** Go. */
export const go: LanguageWriter = { ids: ["go"], seat, hold, line: plainText, values, faults: faultsOf("go") };
