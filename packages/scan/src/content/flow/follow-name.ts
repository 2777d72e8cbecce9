import type { CallExpr, Expr, FunctionIR, ImportIR } from "../../ir/nodes.ts";
import type { CallSite } from "./callers.ts";
import { CAUGHT, EACH, WHOLE } from "./callbacks.ts";
import { definitionsIn, type Definition } from "./definitions.ts";
import { fieldsOf } from "./fields.ts";
import type { Origin } from "./origin.ts";
import { ask, keptUnder, keyed, leaf, named, omitted, passed, SET, type Engine, type Frame, type Query } from "./query.ts";
import { reaching } from "./reaching.ts";
import { pathOf } from "./spelling.ts";

/** From a parameter to what callers give, and from there on: what is further away says little of one line. */
const MOST_HOPS = 3;

/** The origins of a name: what it was given before, here or around. */
export function followName(engine: Engine, query: Query, name: string): readonly Origin[] {
  if (name === "this") return followField(engine, query);
  const { file, fn } = query.at;
  const found = reaching(file, fn, name, query.expr);
  if (found === undefined) return followConstant(engine, query, name) ?? followImport(engine, query, name);
  const origins = found.found.flatMap((one) => followDefinition(engine, query, one, found.fn));
  const given = found.found.filter((one) => one.under.length === 0);
  // What is only declared here is given its value by a call that it is handed to.
  return given.every((one) => one.from.kind === "nothing") ? [leaf(query, "read", name, name), ...origins] : origins;
}

function followDefinition(engine: Engine, query: Query, one: Definition, fn: FunctionIR | null): readonly Origin[] {
  const want = wantedOf(one, query.want);
  if (want === undefined) return [];
  const at = { file: query.at.file, fn };
  const put = one.under.slice(query.want.length);
  const origins = sourceOf(engine, { ...query, at, want }, one, fn);
  const isOwn = one.from.kind === "parameter" && frameOf(query.frame, fn!) === undefined;
  const own = query.want.length === 0 && put.length === 0 && !isOwn ? one.name : "";
  const key = one.under.length > 0 && one.under.length >= query.want.length ? (query.want.at(-1) ?? "") : "";
  const seen = keptUnder(named(origins, own, at, one, `assigned to ${one.name}`), key);
  const all = put.reduceRight<readonly Origin[]>((inner, key) => keyed(inner, key), omitted(seen, one.without));
  return put.length > 0 && !isSubscript(at.file.text, one) ? passed(all, SET, "keeps") : all;
}

/** `data["password"] = …` puts into a record, `user.password = …` sets a field of an object. */
function isSubscript(text: string, { start, end }: Definition): boolean {
  return /^[^=]*\[\s*["':]/.test(text.slice(start, end));
}

/** What is wanted of the given value, where this of its name is wanted; undefined where it was given something else. */
function wantedOf(one: Definition, want: readonly string[]): readonly string[] | undefined {
  for (const [i, key] of one.under.entries()) if (want[i] !== undefined && want[i] !== key) return undefined;
  const rest = want.slice(one.under.length);
  return one.without.includes(rest[0] ?? "") ? undefined : [...one.access, ...rest];
}

function sourceOf(engine: Engine, query: Query, one: Definition, fn: FunctionIR | null): readonly Origin[] {
  const { from } = one;
  switch (from.kind) {
    case "value":
      return ask(engine, query, from.expr);
    case "caught":
      return [leaf(query, "caught", one.name, one.name)];
    case "nothing":
      return [];
    case "parameter":
      return fn === null ? [] : followParameter(engine, query, one.name, fn, from.index);
  }
}

function followParameter(engine: Engine, query: Query, name: string, fn: FunctionIR, index: number): readonly Origin[] {
  const frame = frameOf(query.frame, fn);
  if (frame !== undefined) {
    const given = argumentFor(fn, index, frame.call);
    return given === undefined ? [leafOf(query, name, fn, index)] : ask(engine, query, given, { at: frame.at, frame: frame.outer });
  }
  const taking = fn.name === "" || fn.parent !== undefined ? engine.callers.taking(fn) : undefined;
  const handed = taking === undefined ? undefined : followHanded(engine, query, name, index, taking);
  if (handed !== undefined) return handed;
  const hops = (query.hops ?? 0) + 1;
  const calls = hops > MOST_HOPS ? [] : engine.callers.of(fn);
  const fromCalls = calls.flatMap(({ call, at }) => {
    const given = argumentFor(fn, index, call);
    if (given === undefined) return [];
    return ask(engine, query, given, { at, frame: null, hops }).map((origin) => withCall(origin, at.file, call, fn));
  });
  return [leafOf(query, name, fn, index), ...fromCalls];
}

function withCall(origin: Origin, file: Origin["file"], call: CallExpr, fn: FunctionIR): Origin {
  return origin.kind === "literal" ? origin : { ...origin, steps: [...origin.steps, { file, span: call, note: `passed to ${fn.name}()` }] };
}

/** A parameter that is taken apart where it is declared has no name of its own: what is read of it begins the path. */
function leafOf(query: Query, bound: string, fn: FunctionIR, index: number): Origin {
  const pattern = fn.params[index]?.pattern;
  const name = pattern?.kind === "bind" ? pattern.name : query.want.length === 0 ? bound : "";
  const isError = /^_?(?:err|error|exception|exc|ex|reason)$/i.test(name) && index === 0 && fn.name === "" && fn.params.length > 1;
  const kind = isError ? "caught" : query.want.length === 0 ? "parameter" : "read";
  return { ...leaf(query, kind, name, name), of: { fn, index } };
}

function frameOf(frame: Frame | null, fn: FunctionIR): Frame | undefined {
  for (let one = frame; one !== null; one = one.outer) if (one.fns.includes(fn)) return one;
  return undefined;
}

/** What a closure is handed by the call that takes it: elements, the value itself, or what was raised. */
function followHanded(engine: Engine, query: Query, name: string, index: number, { call, at }: CallSite): readonly Origin[] | undefined {
  const path = pathOf(call.callee);
  const method = path.slice(path.lastIndexOf(".") + 1);
  if (CAUGHT.has(method) && index === 0) return [leaf(query, "caught", name, name)];
  const isEach = EACH.has(path) || EACH.has(method);
  if (index !== 0 || (!isEach && !WHOLE.has(method)) || call.callee.kind !== "member") return undefined;
  const over = EACH.has(path) ? call.args[0] : call.callee.object;
  if (over === undefined || over.kind === "function") return undefined;
  return ask(engine, query, over, { at, want: isEach ? ["*", ...query.want] : query.want });
}

/** What a call gives a parameter, by place or by name. */
function argumentFor(fn: FunctionIR, index: number, call: CallExpr): Expr | undefined {
  const param = fn.params[index];
  if (param === undefined || param.block === true) return undefined;
  const { args } = call;
  if (args.slice(0, index + 1).some((arg) => arg.kind === "spread")) return undefined;
  const last = args.at(-1);
  if (param.rest === true) return { kind: "list", items: args.slice(index), start: call.start, end: call.end };
  if (last?.kind === "record" && last.named === true && param.pattern.kind === "bind" && index >= args.length - 1) {
    const { name } = param.pattern;
    const entry = last.entries.find(({ key }) => key === name);
    if (entry !== undefined) return entry.value;
    if (param.byPlace !== true && fn.params.length > args.length) return param.pattern.default;
  }
  return args[index] ?? ("default" in param.pattern ? param.pattern.default : undefined);
}

/** A field of the object itself: what it is given in the class. */
function followField(engine: Engine, query: Query): readonly Origin[] {
  const [field, ...rest] = query.want;
  const container = query.at.fn?.container;
  const sources = field === undefined || container === undefined ? [] : (fieldsOf(container).get(field) ?? []);
  const own = leaf(query, "read", isWritten(query) ? "this" : "", "this");
  if (field === undefined || container === undefined || sources.length === 0 || query.depth > 12) return ofReceiver(engine, query) ?? [own];
  const found = sources.slice(0, 6).flatMap((source) => {
    const inner = rest.slice(source.under.length);
    if (source.under.some((key, i) => rest[i] !== undefined && rest[i] !== key)) return [];
    const at = { file: container.file, fn: source.fn };
    const put = source.under.slice(rest.length);
    const from =
      source.value !== null
        ? ask(engine, query, source.value, { at, want: inner, frame: null })
        : [{ ...leaf({ ...query, at, want: inner }, "parameter", field, field), of: { fn: source.fn!, index: source.parameter ?? 0 } }];
    const name = rest.length === 0 && put.length === 0 ? field : "";
    return put.reduceRight<readonly Origin[]>((all, key) => keyed(all, key), named(from, name, at, query.whole, `kept as this.${field}`));
  });
  return found.some(isTelling) ? found : [own];
}

/** A field that begins as null or empty is given its value somewhere else. */
const isTelling = ({ kind, expr }: Origin): boolean =>
  kind !== "literal" || (expr.kind === "literal" && expr.value !== null && expr.value !== "");

/** Whether the object itself is written, or only meant, as where a method is called by its plain name. */
function isWritten({ expr, at }: Query): boolean {
  return /^(?:\$?this|self|cls|@)/.test(at.file.text.slice(expr.start, expr.start + 5));
}

/** What a method reads of itself is read of what it was called on: `order.getNote()` reads `order.note`. */
function ofReceiver(engine: Engine, query: Query): readonly Origin[] | undefined {
  const { frame, at } = query;
  if (frame === null || at.fn === null || !frame.fns.includes(at.fn) || frame.call.callee.kind !== "member") return undefined;
  const { object } = frame.call.callee;
  if (object.kind !== "name" || object.name === "this" || /^\p{Lu}/u.test(object.name)) return undefined;
  return ask(engine, query, object, { at: frame.at, frame: frame.outer });
}

/** A field of the class that is written without the object: constants, mostly. */
function followConstant(engine: Engine, query: Query, name: string): readonly Origin[] | undefined {
  for (let at = query.at.fn?.container; at !== undefined; at = at.parent) {
    const value = at.fields.find((one) => one.name === name)?.value;
    if (value !== undefined)
      return named(ask(engine, query, value, { at: { file: at.file, fn: null } }), name, query.at, query.whole, `kept as ${name}`);
  }
  return undefined;
}

/** A name that is declared in another file of the project. */
function followImport(engine: Engine, query: Query, name: string): readonly Origin[] {
  const own = leaf(query, "read", name, name);
  const brought = query.at.file.imports.find((one) => one.local === name && one.typeOnly !== true);
  if (brought === undefined || query.depth > 12) return [own];
  const found = declaredThere(engine, query, brought);
  return found === undefined ? [own] : named(found, name, query.at, query.whole, `imported as ${name}`);
}

function declaredThere(engine: Engine, query: Query, brought: ImportIR): readonly Origin[] | undefined {
  const file = engine.project.open(query.at.file, brought.source);
  const [key, ...rest] = query.want;
  const member = brought.imported === "*" ? key : brought.imported;
  if (file === undefined || file === query.at.file || member === undefined) return undefined;
  const exported = file.exports.find((one) => one.exported === member && one.source === undefined);
  const want = brought.imported === "*" ? rest : query.want;
  const at = { file, fn: null };
  if (exported?.value !== undefined) return ask(engine, query, exported.value, { at, want, frame: null });
  const last = definitionsIn(file, null)
    .get(exported?.local ?? member)
    ?.findLast((one) => one.under.length === 0);
  if (last?.from.kind !== "value") return undefined;
  return ask(engine, query, last.from.expr, { at, want: [...last.access, ...want], frame: null });
}
