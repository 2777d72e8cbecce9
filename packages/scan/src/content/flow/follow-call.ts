import type { CallExpr, Expr, FunctionIR } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Callee } from "./callees.ts";
import { GETTERS, GIVES, OMITS, PICKS, READERS } from "./callbacks.ts";
import type { Origin } from "./origin.ts";
import { effectOf, isLibrary, passOf, promiseOf, type Pass } from "./passes.ts";
import { ask, isPlace, keyed, leaf, named, omitted, passed, picked, type Engine, type Frame, type Query } from "./query.ts";
import { returnsOf } from "./returns.ts";
import { nameOf, pathOf } from "./spelling.ts";

/** Calls of the project that are gone into below the asked expression. */
const MOST_FRAMES = 5;
/** Returns of one function that are looked at. */
const MOST_RETURNS = 8;

/** The origins of what a call gives. */
export function followCall(engine: Engine, query: Query, call: CallExpr): readonly Origin[] {
  if (call.creates === true) return followCreation(engine, query, call);
  if (call.fails !== undefined && query.want[0] === String(call.fails - 1)) return followError(engine, query, call);
  const path = namesOf(call.callee).join(".");
  const callee = isLibrary(path) ? undefined : engine.callees(call.callee, query.at);
  const promised = promiseOf(nameOf(call.callee));
  const inside = callee === undefined || isHiding(promised) ? undefined : followInto(engine, query, call, callee);
  return (
    inside ??
    followReader(engine, query, call, path) ??
    followPass(engine, query, call, path) ??
    followCallback(engine, query, call, path) ??
    ownLeaf(engine, query, call)
  );
}

/** The error that a call gives as a value: what it was made of, where that is known. */
function followError(engine: Engine, query: Query, call: CallExpr): readonly Origin[] {
  const callee = engine.callees(call.callee, query.at);
  const inside = callee === undefined ? undefined : followInto(engine, query, call, callee);
  return [leaf({ ...query, want: query.want.slice(1) }, "caught", `${pathOf(call.callee)}()`, "err"), ...(inside ?? [])];
}

/** A function that says that it takes the secret out is believed. */
const isHiding = (promised: string | undefined): boolean =>
  promised === "masks" || promised === "digests" || promised === "measures" || promised === "encrypts";

/** `user.name` may be a call in the IR; without parentheses it reads like a member. */
function isMemberRead(call: CallExpr, { at }: Query): boolean {
  return call.args.length === 0 && /[\w?!]/.test(at.file.text[call.end - 1] ?? ")");
}

function ownLeaf(engine: Engine, query: Query, call: CallExpr): readonly Origin[] {
  const { callee } = call;
  if (!isMemberRead(call, query)) return gotten(engine, query, call) ?? [leaf(query, "call", `${pathOf(callee)}()`, nameOf(callee))];
  if (callee.kind === "member" && callee.property !== null)
    return ask(engine, query, callee.object, { want: [callee.property, ...query.want], whole: query.whole });
  return [leaf(query, "read", pathOf(callee), nameOf(callee))];
}

/** A call without arguments reads of what it is called on: `session.getId()` of what `session` was given. */
function gotten(engine: Engine, query: Query, { callee, args }: CallExpr): readonly Origin[] | undefined {
  if (args.length > 0 || callee.kind !== "member" || callee.property === null || callee.object.kind !== "name") return undefined;
  const origins = ask(engine, query, callee.object, { want: [`${callee.property}()`, ...query.want], whole: query.whole });
  const found = origins.filter((one) => one.kind === "read" || one.kind === "call");
  return found.length === 0 || found.length < origins.length ? undefined : found.map((one) => ({ ...one, kind: "call" }));
}

/** Into the functions of the project that the call means. */
function followInto(engine: Engine, query: Query, call: CallExpr, { fns, builds }: Callee): readonly Origin[] | undefined {
  if (builds !== undefined) return followCreation(engine, query, call);
  if (fns.length === 0 || framesOf(query.frame) >= MOST_FRAMES || isWithin(query.frame, fns)) return undefined;
  const frame: Frame = { fns, call, at: query.at, outer: query.frame };
  const given = fns.flatMap((fn) => returnsOf(fn).map((value) => ({ fn, value }))).slice(0, MOST_RETURNS);
  const origins = given.flatMap(({ fn, value }) => ask(engine, query, value, { at: { file: fn.file, fn }, frame }));
  if (!origins.some((one) => one.kind !== "literal")) return undefined;
  const name = query.want.length === 0 ? `${nameOf(call.callee)}()` : "";
  return named(origins, name, query.at, call, `given by ${nameOf(call.callee)}()`);
}

const framesOf = (frame: Frame | null): number => (frame === null ? 0 : 1 + framesOf(frame.outer));

const isWithin = (frame: Frame | null, fns: readonly FunctionIR[]): boolean =>
  frame !== null && (frame.fns.some((fn) => fns.includes(fn)) || isWithin(frame.outer, fns));

const textOf = (expr: Expr | undefined): string | undefined =>
  expr?.kind === "literal" && typeof expr.value === "string" ? expr.value : undefined;

/** `fetch_env!(:shop, :api_key)`: of several symbols the last is the name. */
const isSymbol = (expr: Expr | undefined): boolean => expr?.kind === "literal" && expr.symbol === true;

/** Not an address (`get("/users")`), nor a sentence. */
const isMemberName = (text: string): boolean => /^[\w.:[\]-]{1,60}$/.test(text);

/** Calls that read a member by name, and those that leave members out. */
function followReader(engine: Engine, query: Query, call: CallExpr, path: string): readonly Origin[] | undefined {
  const method = path.slice(path.lastIndexOf(".") + 1);
  const [first, ...rest] = call.args;
  const key = call.args.map(textOf).find((text) => text !== undefined);
  if (READERS.has(path) && first !== undefined && key !== undefined)
    return ask(engine, query, first, { want: [key, ...query.want], whole: query.whole });
  const name = isSymbol(first) && isSymbol(rest[0]) ? textOf(rest[0]) : textOf(first);
  if (GETTERS.has(method) && name !== undefined && isMemberName(name) && call.args.length <= 2) {
    const fallback = name !== textOf(first) || rest[0]?.kind === "record" || rest[0]?.kind === "function" ? undefined : rest[0];
    const own =
      call.callee.kind === "member" && isPlain(call.callee.object)
        ? ask(engine, query, call.callee.object, { want: [name, ...query.want], whole: query.whole })
        : [leaf({ ...query, want: [name, ...query.want] }, "call", `${pathOf(call.callee)}()`, "")];
    return fallback === undefined ? own : [...own, ...ask(engine, query, fallback)];
  }
  const [isOmit, isPick] = [OMITS.has(path) || OMITS.has(method), PICKS.has(path) || PICKS.has(method)];
  if (!isOmit && !isPick) return undefined;
  const isMethod = call.callee.kind === "member" && !OMITS.has(path) && !PICKS.has(path);
  const from = isMethod && call.callee.kind === "member" ? call.callee.object : first;
  const keys = (isMethod ? call.args : rest)
    .flatMap((arg) => (arg.kind === "list" ? arg.items : [arg]))
    .flatMap((arg) => textOf(arg) ?? []);
  if (from === undefined || keys.length === 0) return undefined;
  const origins = ask(engine, query, from);
  return isOmit ? omitted(origins, keys) : picked(origins, keys);
}

const isPlain = (expr: Expr): boolean => expr.kind === "name" || expr.kind === "member" || expr.kind === "call";

/** Calls that give back what they are given in another form. */
function followPass(engine: Engine, query: Query, call: CallExpr, path: string): readonly Origin[] | undefined {
  const pass = passOf(path);
  const promised = promiseOf(nameOf(call.callee));
  if (pass === undefined && promised === undefined) return undefined;
  const effect = pass === undefined ? promised! : effectOf(pass, call, query.at.file);
  const isWhole = pass?.whole === true;
  if (isWhole && isQuery(call)) return undefined;
  if (query.want.length > 0 && !isWhole) return undefined;
  const given = givenTo(pass, call);
  if (given.length === 0) return undefined;
  const asked = given.flatMap((one) => ask(engine, query, one));
  // What the text of an object says is its own affair: a field of it need not be there.
  const origins = pass?.of === "receiver" && !isWhole && pass.does === "keeps" ? asked.filter((one) => one.keys.length === 0) : asked;
  const name = pass === undefined || pass.of === "receiver" ? nameOf(call.callee) : path;
  return isWhole ? origins : passed(origins, name, effect, pass?.splices === true);
}

/** Names under which collections are searched, and tables as well. */
const SEARCHES = /^(?:find|findFirst|where|filter|select|first|last|all|reject|exec|at|await)$/;

/** A table is asked, not a collection at hand: `User.first`, `users.find({ id })`. */
function isQuery({ callee, args }: CallExpr): boolean {
  if (callee.kind !== "member" || !SEARCHES.test(callee.property ?? "")) return false;
  if (args.length > 0) return !args.some((arg) => arg.kind === "function");
  return /^\p{Lu}/u.test(namesOf(callee)[0] ?? "");
}

function givenTo(pass: Pass | undefined, { callee, args }: CallExpr): readonly Expr[] {
  const receiver = callee.kind === "member" && callee.object.kind !== "literal" ? [callee.object] : [];
  const plain = args.filter((arg) => arg.kind !== "function");
  switch (pass?.of) {
    case "receiver":
      return receiver;
    case "first":
      return plain.slice(0, 1);
    case "all":
      return [...receiver, ...plain];
    case "args":
      return plain;
    case undefined:
      return plain.length > 0 ? plain : receiver;
  }
}

/** `promise.then(f)`, `list.map(f)`: what the function gives. */
function followCallback(engine: Engine, query: Query, call: CallExpr, path: string): readonly Origin[] | undefined {
  const method = path.slice(path.lastIndexOf(".") + 1);
  const closure = call.args.find((arg) => arg.kind === "function");
  if (closure?.kind !== "function" || !(GIVES.has(path) || GIVES.has(method))) return undefined;
  const { fn } = closure;
  const [first, ...rest] = query.want;
  const want = first !== undefined && (first === "*" || isPlace(first)) ? rest : query.want;
  const given = returnsOf(fn).slice(0, MOST_RETURNS);
  return given.length === 0 ? undefined : given.flatMap((value) => ask(engine, query, value, { at: { file: fn.file, fn }, want }));
}

/** An object that is built: what it was given, under the names of what takes it. */
function followCreation(engine: Engine, query: Query, call: CallExpr): readonly Origin[] {
  const name = nameOf(call.callee);
  const [key, ...rest] = query.want;
  const own: Origin = { ...leaf(query, "call", `new ${pathOf(call.callee)}()`, name) };
  const record = call.args.find((arg) => arg.kind === "record");
  if (key !== undefined && record?.kind === "record" && record.entries.some((entry) => entry.key === key || entry.spread === true))
    return ask(engine, query, record);
  const constructor = engine.callees(call.callee, query.at)?.builds?.functions.find((fn) => fn.role === "constructor");
  if (key !== undefined) {
    const index = constructor?.params.findIndex(({ pattern }) => pattern.kind === "bind" && pattern.name === key) ?? -1;
    const given = index < 0 ? undefined : call.args[index];
    return given === undefined ? [own] : ask(engine, query, given, { want: rest });
  }
  const given = call.args.flatMap((arg, i) => {
    if (arg.kind === "function") return [];
    const param = constructor?.params[i]?.pattern;
    return keyed(ask(engine, query, arg), arg.kind !== "record" && param?.kind === "bind" ? param.name : null);
  });
  return [own, ...passed(given, `new ${name}`, "keeps")];
}
