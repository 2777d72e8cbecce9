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
  const stored = new Set<string>();
  return inBody(fn.body, line, {
    looksUp: (expr) => isLookup(fn, expr, spellings),
    asks: (test) => tests(fn, test, spellings, { found, stored }),
    notes: (stmt) => {
      noteLookup(fn, stmt, found, spellings);
      if (stmt.kind === "let" && stmt.value !== null && isLookupCall(stmt.value, LOOKUPS) && stmt.target.kind === "bind")
        if (!REQUEST.test(fn.file.text.slice(stmt.value.start, stmt.value.end))) stored.add(stmt.target.name);
    },
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

/** Reads of a request are called like lookups: `request.get("name")`, `form.get("name")`. */
const REQUEST = /req(?:uest)?\b|\b(?:param|query|form|body|header|cookie|ctx|conn|input|args|data|payload|url)\w*/i;

/** Calls that look something up by a value. */
const LOOKUPS = /^(?:find|get|fetch|load|look_?up|query|select|first|one|by|exists|read)/i;

/** Calls that give what they looked up where a proof fits it. */
const PROOFS = /^(?:validate|verify|authenticate)_?(?!errors?|input|body|params|schema)\w*$/i;
/** What such a call gives where it says what is wrong, or may do so. */
const FAULTS = /err|issue|problem|invalid|fail|violation|result|message|reason/i;

function isLookup(fn: FunctionIR, expr: Expr, spellings: ReadonlySet<string>): boolean {
  const value = expr.kind === "await" ? expr.value : expr;
  // `jobs[name]`.
  if (value.kind === "member" && value.index !== undefined) return spellings.has(spell(fn.file.text, value.index));
  if (value.kind !== "call" || !(isLookupCall(value, LOOKUPS) || (isLookupCall(value, PROOFS) && value.args.length > 1))) return false;
  return value.args.some((arg) => spellings.has(spell(fn.file.text, arg)));
}

function isLookupCall(expr: Expr, names: RegExp): boolean {
  const value = expr.kind === "await" ? expr.value : expr;
  return value.kind === "call" && names.test(namesOf(value.callee).at(-1) ?? "");
}

/** What was looked up by a value stands for it: where nothing was found, it is nothing that anybody stored. */
function noteLookup(fn: FunctionIR, stmt: Stmt, found: Set<string>, spellings: ReadonlySet<string>): void {
  if (stmt.kind !== "let" || stmt.value === null || !isLookup(fn, stmt.value, spellings)) return;
  const isProof = stmt.value.kind !== "member" && !isLookupCall(stmt.value, LOOKUPS);
  for (const name of boundNames(stmt.target)) if (!isProof || !FAULTS.test(name)) found.add(name);
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

interface LookedUp {
  /** By the value itself. */
  readonly found: ReadonlySet<string>;
  /** By whatever else: a member of it that is equal to the value is one that was stored. */
  readonly stored: ReadonlySet<string>;
}

function tests(fn: FunctionIR, test: Expr, spellings: ReadonlySet<string>, { found, stored }: LookedUp): Asked {
  const isValue = (expr: Expr): boolean => spellings.has(spell(fn.file.text, expr)) || (isJoined(expr) && partsOf(expr).some(isValue));
  const isStored = (expr: Expr): boolean => expr.kind === "member" && expr.object.kind === "name" && stored.has(expr.object.name);
  return isValue(test) ? "self" : (foundIn(test, found) ?? askedIn(test, isValue, isStored));
}

/** `if (!user)`, `if (user == null)`, `if err != nil`: whether what was looked up is there. */
function foundIn(test: Expr, found: ReadonlySet<string>): Asked {
  if (test.kind === "name") return found.has(test.name) ? "known" : undefined;
  if (test.kind === "not") return opposite(foundIn(test.value, found));
  if (test.kind !== "binary" || test.left.kind !== "name" || !found.has(test.left.name)) return undefined;
  if (test.right.kind !== "literal" || test.right.value !== null || (test.op !== "==" && test.op !== "!=")) return undefined;
  return /^err/i.test(test.left.name) === (test.op === "==") ? "known" : "unknown";
}

type Holds = (expr: Expr) => boolean;

function askedIn(test: Expr, isValue: Holds, isStored: Holds): Asked {
  switch (test.kind) {
    case "not":
      return opposite(askedIn(test.value, isValue, isStored));
    case "logical":
      return askedIn(test.left, isValue, isStored) ?? askedIn(test.right, isValue, isStored);
    case "binary":
      return (
        comparison(test.op, test.left, test.right, isValue, isStored) ??
        askedIn(test.left, isValue, isStored) ??
        askedIn(test.right, isValue, isStored)
      );
    case "await":
      return askedIn(test.value, isValue, isStored);
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

function comparison(op: string, left: Expr, right: Expr, isValue: Holds, isStored: Holds): Asked {
  if (op === "in" || op === "=~") return isValue(left) || (op === "=~" && isValue(right)) ? "known" : undefined;
  if (op !== "==" && op !== "!=") return undefined;
  const other = isValue(left) ? right : isValue(right) ? left : undefined;
  if (other !== undefined) return isKnown(other) || isStored(other) ? (op === "==" ? "known" : "unknown") : undefined;
  // `test(x) == false`, `strpos(…) === false`.
  const isFalse = right.kind === "literal" && right.value === false;
  const asked = isFalse ? askedIn(left, isValue, isStored) : undefined;
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
