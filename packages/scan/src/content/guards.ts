import type { CallExpr, Expr, FunctionIR, Pattern, Span, Stmt } from "../ir/nodes.ts";
import { boundNames } from "../ir/walk.ts";
import { namesOf } from "../loggers/call-view.ts";

/** `folder + "/" + name`: what holds of the whole holds of its parts. */
const isJoined = (expr: Expr): boolean => expr.kind === "template" || (expr.kind === "binary" && ["+", ".", "<>"].includes(expr.op));

function partsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "template") return expr.parts.filter((part): part is Expr => typeof part !== "string");
  return expr.kind === "binary" ? [expr.left, expr.right] : [];
}

/** Calls that ask whether a text has a certain form or is one of certain values. */
const CHECKS =
  /^(?:equals|Equals|equalsIgnoreCase|eql\?|test|match|matches|match\?|fullmatch|find|search|preg_match|MatchString|IsMatch|isMatch|includes|include\?|has|contains|containsKey|Contains|ContainsKey|in_array|in|isIn|member\?|exists|hasOwn|hasOwnProperty|key\?|isUUID|isUuid|is_uuid|isEmail|isAlphanumeric|isNumeric|isdigit|isalnum|isalpha|isnumeric|isInteger|isNaN|isFinite|validate|isValid\w*|is_valid\w*|valid\w*|Valid\w*|is_numeric|ctype_\w+|filter_var|safeParse|isMongoId|isValidObjectId|TryParse|all|\w*(?:In|Exists?|Contains?)(?:Slice|Array|List|Set|Map))$/;

/**
 * Whether a value was compared with something before the line is reached, so that it is one of known texts or of a known
 * form there: the line stands in a branch that such a test opens, or behind one that leaves.
 */
export function isChecked(fn: FunctionIR | null, line: Span, spellings: ReadonlySet<string>): boolean {
  if (fn === null) return false;
  const found = new Set<string>();
  return inBody(fn.body, line, {
    looksUp: (expr) => isLookup(fn, expr, spellings),
    asks: (test) => tests(fn, test, spellings, found),
    notes: (stmt) => noteLookup(fn, stmt, found, spellings),
  });
}

/** What a lookup gives where it finds something: no `nil`, no `:error`, no `{:error, …}`, nothing that fits all. */
function isFound(pattern: Pattern): boolean {
  if (pattern.kind === "listPattern")
    return pattern.items[0] !== undefined && pattern.items[0].kind === "literalPattern" && pattern.items[0].value === "ok";
  return pattern.kind === "recordPattern" || (pattern.kind === "bind" && (pattern.also !== undefined || pattern.type !== undefined));
}

interface Watch {
  readonly looksUp: (expr: Expr) => boolean;
  readonly asks: (test: Expr) => Asked;
  readonly notes: (stmt: Stmt) => void;
}

/** Calls that look something up by a value. */
const LOOKUPS = /^(?:find|get|fetch|load|look_?up|query|select|first|one|by|exists|read)/i;

function isLookup(fn: FunctionIR, expr: Expr, spellings: ReadonlySet<string>): boolean {
  const value = expr.kind === "await" ? expr.value : expr;
  if (value.kind !== "call" || !LOOKUPS.test(namesOf(value.callee).at(-1) ?? "")) return false;
  return value.args.some((arg) => spellings.has(spell(fn.file.text, arg)));
}

/** What was looked up by a value stands for it: where nothing was found, it is nothing that anybody stored. */
function noteLookup(fn: FunctionIR, stmt: Stmt, found: Set<string>, spellings: ReadonlySet<string>): void {
  if (stmt.kind !== "let" || stmt.value === null) return;
  if (isLookup(fn, stmt.value, spellings)) for (const name of boundNames(stmt.target)) found.add(name);
}

function inBody(body: readonly Stmt[], line: Span, watch: Watch): boolean {
  const { asks, notes } = watch;
  for (const stmt of body) {
    if (stmt.start > line.start) return false;
    notes(stmt);
    const holds = stmt.start <= line.start && line.end <= stmt.end;
    if (stmt.kind === "if") {
      const asked = asks(stmt.test);
      if (holds) {
        const isThen = holdsLine(stmt.then, line);
        if (asked === (isThen ? "known" : "unknown")) return true;
      } else if (asked === (leaves(stmt.then) ? "unknown" : leaves(stmt.otherwise) ? "known" : "")) {
        return true;
      }
    }
    if (holds && stmt.kind === "match" && asks(stmt.subject) === "self") {
      const arm = stmt.arms.find((one) => holdsLine(one.body, line));
      if (arm !== undefined && arm.patterns.length > 0 && arm.patterns.every(({ kind }) => kind === "literalPattern")) return true;
    }
    if (holds && stmt.kind === "match" && watch.looksUp(stmt.subject)) {
      const arm = stmt.arms.find((one) => holdsLine(one.body, line));
      if (arm !== undefined && arm.patterns.length > 0 && arm.patterns.every(isFound)) return true;
    }
    if (holds && inner(stmt).some((one) => inBody(one, line, watch))) return true;
  }
  return false;
}

const holdsLine = (body: readonly Stmt[], line: Span): boolean => body.some((one) => one.start <= line.start && line.end <= one.end);

function inner(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case "if":
      return [stmt.then, stmt.otherwise];
    case "match":
      return stmt.arms.map(({ body }) => body);
    case "loop":
    case "blockStmt":
      return [stmt.body];
    case "try":
      return [stmt.body, ...stmt.catches.map(({ body }) => body), stmt.otherwise ?? [], stmt.finally ?? []];
    default:
      return [];
  }
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === "return" || last?.kind === "throw" || last?.kind === "jump";
}

/** What is known of the value where a test holds: that it has a form or is one of some texts, or that it does not; `self`: the test is the value. */
type Asked = "known" | "unknown" | "self" | undefined;

function tests(fn: FunctionIR, test: Expr, spellings: ReadonlySet<string>, found: ReadonlySet<string>): Asked {
  const isValue = (expr: Expr): boolean => spellings.has(spell(fn.file.text, expr)) || (isJoined(expr) && partsOf(expr).some(isValue));
  return isValue(test) ? "self" : (foundIn(test, found) ?? askedIn(test, isValue));
}

/** `if (!user)`, `if (user == null)`, `if err != nil`: whether what was looked up is there. */
function foundIn(test: Expr, found: ReadonlySet<string>): Asked {
  if (test.kind === "name") return found.has(test.name) ? "known" : undefined;
  if (test.kind === "not") return opposite(foundIn(test.value, found));
  if (test.kind !== "binary" || test.left.kind !== "name" || !found.has(test.left.name)) return undefined;
  if (test.right.kind !== "literal" || test.right.value !== null || (test.op !== "==" && test.op !== "!=")) return undefined;
  return /^err/i.test(test.left.name) === (test.op === "==") ? "known" : "unknown";
}

function askedIn(test: Expr, isValue: (expr: Expr) => boolean): Asked {
  switch (test.kind) {
    case "not":
      return opposite(askedIn(test.value, isValue));
    case "logical":
      return askedIn(test.left, isValue) ?? askedIn(test.right, isValue);
    case "binary":
      return comparison(test.op, test.left, test.right, isValue) ?? askedIn(test.left, isValue) ?? askedIn(test.right, isValue);
    case "await":
      return askedIn(test.value, isValue);
    case "call":
      if (!isCheck(test) || !parts(test).some(isValue)) return undefined;
      return parts(test).some(isLineBreak) ? "unknown" : "known";
    default:
      return undefined;
  }
}

const opposite = (asked: Asked): Asked => (asked === "known" ? "unknown" : asked === "unknown" ? "known" : asked);

/** `name.includes("\n")`, `name.matches(".*\\R.*")`: it holds where a line break is in it. */
function isLineBreak(expr: Expr): boolean {
  return expr.kind === "literal" && typeof expr.value === "string" && /^(?:\.\*)?(?:[\r\n]|\\[rnR])+(?:\.\*)?$/.test(expr.value);
}

function comparison(op: string, left: Expr, right: Expr, isValue: (expr: Expr) => boolean): Asked {
  if (op === "in" || op === "=~") return isValue(left) || (op === "=~" && isValue(right)) ? "known" : undefined;
  if (op !== "==" && op !== "!=") return undefined;
  const other = isValue(left) ? right : isValue(right) ? left : undefined;
  if (other !== undefined) return isKnown(other) ? (op === "==" ? "known" : "unknown") : undefined;
  // `test(x) == false`, `strpos(…) === false`.
  const isFalse = right.kind === "literal" && right.value === false;
  const asked = isFalse ? askedIn(left, isValue) : undefined;
  return op === "==" ? opposite(asked) : asked;
}

function isKnown(expr: Expr): boolean {
  if (expr.kind === "literal") return typeof expr.value === "string" && expr.value !== "";
  return expr.kind === "member" ? /^[A-Z]/.test(expr.property ?? "") : isConstant(expr);
}

/** `ADMIN_EMAIL`, `EXPECTED`. */
function isConstant(expr: Expr): boolean {
  return expr.kind === "name" && /^[A-Z][A-Z0-9_]+$/.test(expr.name);
}

function isCheck(call: CallExpr): boolean {
  return CHECKS.test(namesOf(call.callee).at(-1) ?? "");
}

function parts(call: CallExpr): readonly Expr[] {
  return call.callee.kind === "member" ? [...call.args, call.callee.object] : call.args;
}

/** The text of an expression without blanks. */
export function spell(text: string, { start, end }: Span): string {
  return text.slice(start, end).replaceAll(/\s+/g, "");
}
