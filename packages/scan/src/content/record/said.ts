import { declaredValue } from "../../ir/scope.ts";
import type { CallExpr, Expr, RecordEntry } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { pathOf, type RecordValue } from "../../outcomes/values.ts";
import type { Record, Written } from "../../outcomes/way.ts";

/** A value that a record shows: under which name, and where it is read from. */
export interface Shown {
  readonly name: string;
  /** Dotted, as the code reads it: `req.user.id`; "" where it is not known. */
  readonly path: string;
  /** The expression; absent where only its name is known. */
  readonly expr?: Expr;
  /** It is a field of this name. */
  readonly keyed?: true;
}

/** What a record says. */
export interface Said {
  readonly shown: readonly Shown[];
  /** Its message, holes left out, and what a helper was given for it. */
  readonly text: string;
  /** The words that stand in the call itself. */
  readonly own: string;
  /** The message is the same whatever happens. */
  readonly constant: boolean;
  /** It has fields of its own beside the message. */
  readonly structured: boolean;
  /** It may say more than can be seen. */
  readonly open: boolean;
  /** It is written by a logger that was made for the request, which may know who asks and from where. */
  readonly bound: boolean;
  /** The name that it gives the event, as it is written; absent where it has none. */
  readonly event?: string;
  /** How the name stands there. */
  readonly eventAt?: EventAt;
}

/** Where a record names its event. */
export interface EventAt {
  /** The field; "" where the message is the name. */
  readonly key: string;
  /** Where it is no literal: `AuditEvent.LOGIN_FAILED`. */
  readonly constant?: Expr;
}

/** Values that are whole sentences of somebody else: what they say is not known here. */
const SENTENCES = /^(?:msg|message|text|expr|description|line|str|string|sentence|summary|log_?(?:msg|message)|content)$/i;
/** Fields in which a record names its event. */
const EVENT_KEY = /^(?:event|event_?name|event_?type|action|activity|operation|type|code|verb)$/i;
/** Names of arguments that are bags of details: what they hold stands elsewhere. */
const BAGS =
  /^(?:ctx|context|meta|metadata|details?|payload|data|fields?|extra|extras|event|entry|info|params|props|properties|attributes|attrs|options|opts|args|body|input|dto|log|row|values|changes|state|kwargs|rest|record|audit\w*|log(?:Data|Context|Entry|Info)|base\w*)$/i;
/** Named arguments of loggers that are no details. https://docs.python.org/3/library/logging.html#logging.Logger.debug */
const OPTIONS: ReadonlySet<string> = new Set(["exc_info", "stack_info", "stacklevel", "extra", "level"]);
/** Who holds a logger of its own for each request. */
const REQUEST_HOLDER = /(?:^|\.)(?:req|request|ctx|context|c|conn|reply|event|info|locals)\.(?:\w+\.)?(?:log|logger)(?:\.|$)/i;
/** Functions that give the logger of a context. */
const FROM_CONTEXT = /(?:^|\.)(?:Ctx|FromContext|FromCtx|LoggerFrom\w*|GetLogger|WithContext|ForContext|fromRequest|L)(?:\.|$)/;
/** Statements of an object mapper that store the row that they are given. */
const STORES_ROW = /^(?:create|insert|save|add|upsert)(?:_?(?:one|many|all|record|row|async|and_?save|entity))*[!?]?$/i;
/** What stands in a message where a value goes. https://messagetemplates.org, printf, SLF4J */
const PLACE = /%[-+#0 ]*\d*(?:\.\d+)?(?:\([\w.]+\))?[a-zA-Z]|\{[^{}\s]{0,40}\}|(?<![\w])\?(?![\w])/g;

const memo = new WeakMap<Record, Said>();

/** What a record shows, as far as its call and the values that it was given say. */
export function saidBy(record: Record): Said {
  let said = memo.get(record);
  if (said === undefined) memo.set(record, (said = read(record)));
  return said;
}

function read(record: Record): Said {
  const { written } = record;
  const own: Shown[] = record.fields.map((name) => ({ name, path: "" }));
  if (written === undefined)
    return { shown: own, text: record.texts.join(" "), own: "", constant: true, structured: true, open: true, bound: false };
  const reader = new Reader();
  reader.readCall(written);
  const row = record.by === "audit" ? rowIn(written) : undefined;
  for (const name of row?.entries.keys() ?? []) own.push({ name, path: "" });
  return {
    shown: [...reader.shown, ...own],
    // What a helper was given is part of what its line says.
    text: [...new Set([...reader.texts, ...record.texts])].join(" "),
    own: reader.texts.join(" "),
    constant: !reader.spliced,
    structured:
      record.by === "audit" ||
      (written.by?.logger.namedPlaces === true && !reader.spliced) ||
      reader.keyed ||
      own.some(({ name }) => !OPTIONS.has(name)),
    open:
      record.by === "audit" ? row === undefined || row.open : reader.open || written.args.some((arg) => arg.kind === "record" && arg.open),
    bound: isBound(written),
    ...(reader.event === undefined ? {} : { event: reader.event.name, eventAt: reader.event.at }),
  };
}

/** Keys under which an object mapper takes the columns of a row. */
const ROW_KEYS = ["data", "values", "create", "attributes"];

/** The columns that a statement stores: whatever else is called an audit may add more by itself. */
function rowIn({ call, args }: Written): RecordValue | undefined {
  if (!STORES_ROW.test(namesOf(call.callee).at(-1) ?? "")) return undefined;
  const given = args
    .flatMap((arg) => (arg.kind === "instance" ? arg.args : [arg]))
    .find((arg) => arg.kind === "record" && arg.entries.size > 0);
  if (given?.kind !== "record") return undefined;
  const key = ROW_KEYS.find((one) => given.entries.has(one));
  const row = key === undefined ? given : given.entries.get(key)!;
  return row.kind === "record" ? row : undefined;
}

function isBound({ call, file, fn }: Written): boolean {
  const names = namesOf(call.callee);
  const path = names.join(".");
  if (/(?:Context|Ctx)f?$/.test(names.at(-1) ?? "") || REQUEST_HOLDER.test(path) || FROM_CONTEXT.test(path)) return true;
  if (names[0] !== undefined && isHeld(declaredValue(file, fn, names[0])?.value)) return true;
  for (let at = fn ?? undefined; at !== undefined; at = at.parent)
    if (at.params.some(({ pattern }) => pattern.kind === "bind" && pattern.name === names[0])) return true;
  return false;
}

/** `c.get("logger")`, `req.log`: a logger that the context of the request holds. */
function isHeld(value: Expr | undefined): boolean {
  if (value?.kind === "member") return REQUEST_HOLDER.test(namesOf(value).join("."));
  const [key] = value?.kind === "call" ? value.args : [];
  if (value?.kind !== "call" || key?.kind !== "literal") return false;
  return REQUEST_HOLDER.test([...namesOf(value.callee).slice(0, -1), String(key.value)].join("."));
}

/** Reads what an expression shows. */
class Reader {
  readonly shown: Shown[] = [];
  readonly texts: string[] = [];
  keyed = false;
  spliced = false;
  open = false;
  event: { readonly name: string; readonly at: EventAt } | undefined;
  private namedPlaces = false;

  readCall({ call, file, fn, by }: Written): void {
    this.namedPlaces = by?.logger.namedPlaces === true;
    this.chain(call.callee);
    const [root] = namesOf(call.callee);
    const declared = root === undefined ? undefined : declaredValue(file, fn, root)?.value;
    if (declared?.kind === "call") this.logger(declared, true);
    const given = call.args.map((arg) => resolved(arg, { file, fn }));
    given.forEach((arg, i) => this.argument(arg, i, given));
    if (by?.fact.fields !== undefined && by.fact.fields.kind !== "record") this.bag(by.fact.fields);
  }

  /** What was given to the steps before the last: `log.Warn().Str("user", id)`, `logger.child({ userId })`. */
  private chain(callee: Expr): void {
    if (callee.kind === "member") this.chain(callee.object);
    else if (callee.kind === "call") this.logger(callee);
  }

  /** `made`: it makes the logger; a bare name there is the name of the logger. */
  private logger(call: CallExpr, made = false): void {
    this.chain(call.callee);
    this.pairs(made ? call.args.filter(({ kind }) => kind !== "name" && kind !== "member") : call.args);
  }

  private argument(arg: Expr, i: number, all: readonly Expr[]): void {
    const text = stringIn(arg);
    // The first text is the message; `"user", id` behind it is a pair.
    if (text !== undefined && this.texts.length > 0 && isKey(text) && all[i + 1] !== undefined) return this.key(text, all[i + 1]!);
    if (arg.kind === "name" && BAGS.test(arg.name) && i > 0) this.bag(arg);
    this.value(arg, 3);
  }

  /** Arguments of a step: records, and names with their values. */
  private pairs(args: readonly Expr[]): void {
    args.forEach((arg, i) => {
      const text = stringIn(arg);
      if (text !== undefined && isKey(text) && args[i + 1] !== undefined) this.key(text, args[i + 1]!);
      else if (text === undefined) this.value(arg, 2);
    });
  }

  private key(name: string, value: Expr): void {
    this.keyed = true;
    this.shown.push({ name, path: pathOf(value), expr: value, keyed: true });
    if (EVENT_KEY.test(name)) this.names(value, name);
  }

  /** A value that may be the name of the event, under a key. */
  private names(value: Expr, key: string): void {
    const text = stringIn(value);
    const name = text ?? constantIn(value);
    if (name === undefined || !isKey(name)) return;
    this.event ??= { name, at: { key, ...(text === undefined ? { constant: value } : {}) } };
  }

  private bag(expr: Expr): void {
    this.keyed = true;
    if (expr.kind === "name" || expr.kind === "call") this.open = true;
  }

  private value(expr: Expr, depth: number): void {
    switch (expr.kind) {
      case "literal":
        if (typeof expr.value === "string") this.message(expr.value);
        return;
      case "template":
        return this.template(expr.parts, depth);
      case "record":
        return expr.entries.forEach((entry) => this.entry(entry, depth));
      case "call":
        return this.call(expr, depth);
      case "name":
      case "member": {
        const path = pathOf(expr);
        if (SENTENCES.test(path.replace(/^.*\.|^\$/g, ""))) this.open = true;
        this.shown.push({ name: path.slice(path.lastIndexOf(".") + 1), path, expr });
        if (this.texts.length === 0 && depth === 3) this.names(expr, "");
        return;
      }
      default:
        return this.parts(expr, depth);
    }
  }

  private parts(expr: Expr, depth: number): void {
    if (depth === 0) return;
    const inner = (one: Expr): void => this.value(one, depth - 1);
    if (expr.kind === "logical" || expr.kind === "binary") [expr.left, expr.right].forEach(inner);
    else if (expr.kind === "choice") [expr.then, expr.otherwise].forEach(inner);
    else if (expr.kind === "list") expr.items.forEach(inner);
    else if (expr.kind === "await" || expr.kind === "spread" || expr.kind === "not") inner(expr.value);
    else if (expr.kind === "opaque") expr.parts.forEach(inner);
    else if (expr.kind === "function")
      for (const stmt of expr.fn.body)
        if ((stmt.kind === "return" || stmt.kind === "expr" || stmt.kind === "yield") && stmt.value !== null) inner(stmt.value);
  }

  private message(text: string): void {
    let before = 0;
    for (const match of text.matchAll(PLACE)) {
      this.place(text.slice(before, match.index), /^\{\W?(\w{2,})/.exec(match[0])?.[1] ?? "");
      before = match.index + match[0].length;
    }
    if (this.texts.length === 0 && isKey(text) && /[._:-]|[a-z][A-Z]/.test(text)) this.event ??= { name: text, at: { key: "" } };
    this.texts.push(text);
  }

  /** A value in the text is called what stands before it, or what its place is called. */
  private place(before: string, name: string): void {
    const words = /(?:[\w.-]+[\s:='"([#@]*){0,2}$/.exec(before.slice(-60))?.[0] ?? "";
    this.shown.push({ name: words, path: "" });
    if (name !== "") this.shown.push({ name, path: "" });
    if (name === "" || !this.namedPlaces) this.spliced = true;
    if (SENTENCES.test(name)) this.open = true;
  }

  private template(parts: readonly (string | Expr)[], depth: number): void {
    this.spliced ||= parts.some((part) => typeof part !== "string");
    this.texts.push(parts.filter((part) => typeof part === "string").join(" "));
    parts.forEach((part, i) => {
      if (typeof part === "string") return;
      const before = parts[i - 1];
      if (typeof before === "string") this.place(before, "");
      if (part.kind !== "literal" && depth > 0) this.value(part, depth - 1);
    });
  }

  private entry(entry: RecordEntry, depth: number): void {
    if (entry.key === null) {
      const inner = entry.value;
      if (inner.kind === "record") this.value(inner, depth);
      else this.open = true;
      return;
    }
    if (OPTIONS.has(entry.key) && entry.value.kind !== "record") return;
    this.key(entry.key, entry.value);
    const made = entry.value.kind === "call" ? entry.value.args.find((arg) => arg.kind === "record") : undefined;
    if (made !== undefined || entry.value.kind === "record" || entry.value.kind === "template") {
      if (depth > 0) this.value(made ?? entry.value, depth - 1);
    } else if (entry.value.kind === "literal" && typeof entry.value.value === "string") this.texts.push(entry.value.value);
  }

  /** `zap.String("user", id)`, `String(user.id)`, `JSON.stringify({ … })`, `$request->ip()`. */
  private call(expr: CallExpr, depth: number): void {
    const path = pathOf(expr.callee);
    const key = expr.args[0] === undefined ? undefined : stringIn(expr.args[0]);
    if (key !== undefined && isKey(key) && expr.args.length > 1) return this.key(key, expr.args[1]!);
    this.shown.push({ name: path.slice(path.lastIndexOf(".") + 1), path, expr });
    if (depth === 0) return;
    if (expr.callee.kind === "member") this.value(expr.callee.object, depth - 1);
    for (const arg of expr.args) if (arg.kind !== "function") this.value(arg, depth - 1);
  }
}

/** A name that holds a record or a text of this function is read as what it was given. */
function resolved(arg: Expr, { file, fn }: Pick<Written, "file" | "fn">): Expr {
  const value = arg.kind === "name" ? declaredValue(file, fn, arg.name)?.value : undefined;
  return value?.kind === "record" || value?.kind === "template" || (value?.kind === "literal" && typeof value.value === "string")
    ? value
    : arg;
}

function stringIn(expr: Expr): string | undefined {
  return expr.kind === "literal" && typeof expr.value === "string" ? expr.value : undefined;
}

/** `LOGIN_FAILED` of `AuditEvent.LOGIN_FAILED`. */
function constantIn(expr: Expr): string | undefined {
  return expr.kind === "member" && expr.property !== null && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(expr.property) ? expr.property : undefined;
}

/** A text that is the name of a field: `user_id`, `request-id`, `User.Id`. */
function isKey(text: string): boolean {
  return /^[A-Za-z_][\w.-]{0,40}$/.test(text);
}
