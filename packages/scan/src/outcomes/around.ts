import { splitWords } from "../actions/words.ts";
import type { HandlerFound } from "../frameworks/framework.ts";
import type { ContainerIR, Decorator, Expr, FileIR, FunctionIR, Span } from "../ir/nodes.ts";
import { walkStmts } from "../ir/walk.ts";
import { isAuditName } from "../loggers/audit-names.ts";
import { NAMES_HANDLER, PUTS_AROUND, SAYS_WHAT, SETS_METADATA } from "../loggers/interceptors.ts";
import { advisedRecords } from "./aspects.ts";
import { containerIn, globalInterceptors, interceptionOf, keysIn, recordsIn, standingAt, type Interception } from "./interceptors.ts";
import { emissionOf } from "./calls.ts";
import { optionRecords } from "./options.ts";
import type { Scope, Walk } from "./walk.ts";
import { pathOf, UNKNOWN, type ClosureValue } from "./values.ts";
import { sameSite, type Record } from "./way.ts";

/** What stands around the handler and records what it does, whatever that is: decorators, interceptors, middleware that says so by its name. */
export function aroundRecords(walk: Walk, handler: HandlerFound): Record[] {
  const fn = "fn" in handler.entry ? handler.entry.fn : undefined;
  const container = handler.container ?? fn?.container;
  const marks = [...(fn?.decorators ?? []), ...(container?.decorators ?? [])].map((decorator) =>
    markOf(walk, decorator, fn?.file ?? handler.file, container ?? null),
  );
  walk.reset();
  const found = [
    ...marks.flatMap((mark) => markRecords(walk, mark)),
    ...advisedRecords(walk, [...(fn?.decorators ?? []), ...(container?.decorators ?? [])], fn?.file ?? handler.file),
    ...(handler.sends ?? []).flatMap((event) => eventRecords(walk, event, handler)),
    ...(handler.after ?? []).flatMap((expr) => afterRecords(walk, expr, handler)),
    ...(handler.through ?? []).flatMap((expr) => throughRecords(walk, expr, handler)),
    ...optionRecords(walk, handler),
    ...globalInterceptors(walk).flatMap((interception) => globalRecords(interception, marks)),
  ];
  return found.filter((record, i) => found.findIndex((other) => sameSite(other, record) && other.outcome === record.outcome) === i);
}

/** What a callback records that runs when the handler has ended. */
function afterRecords(walk: Walk, expr: Expr, handler: HandlerFound): Record[] {
  const value = walk.valueAt(expr, handler.file, null, handler.container ?? null);
  return value.kind === "closure"
    ? recordsIn(
        walk.invoke(
          value,
          value.fns[0]!.params.map(() => UNKNOWN),
          1,
        ),
      )
    : [];
}

/** What listeners of the application record of an event that the framework sends when the handler runs. */
function eventRecords(walk: Walk, event: string, handler: HandlerFound): Record[] {
  const scope: Scope = { file: handler.file, fn: null, container: null, self: undefined, base: null, depth: 0, exits: [] };
  const heard = emissionOf(walk, event, scope)?.heard ?? [];
  return heard.flatMap(({ closure, args }) => recordsIn(walk.invoke(closure, args, 1)));
}

/** A decorator, and what it does where it is the application's own. */
interface Mark {
  readonly name: string;
  readonly file: FileIR;
  readonly span: Span;
  readonly closure: ClosureValue | undefined;
  /** Keys of the metadata that it sets, and its own name: interceptors ask for either. */
  readonly keys: readonly string[];
  readonly around: readonly ContainerIR[];
}

function markOf(walk: Walk, decorator: Decorator, file: FileIR, container: ContainerIR | null): Mark {
  const { name, start, end } = decorator;
  const value = walk.valueAt({ kind: "name", name: name.split(".").at(-1)!, start, end }, file, null, container);
  const base = { name, file, span: { start, end } };
  if (SETS_METADATA.has(name))
    return { ...base, closure: undefined, keys: keysIn(walk, decorator.args.slice(0, 1), file, null), around: [] };
  if (value.kind !== "closure") return { ...base, closure: undefined, keys: [`name:${name}`], around: [] };
  const keys: string[] = [`name:${name}`];
  const around: ContainerIR[] = [];
  for (const fn of insideOf(value.fns[0]!)) {
    walkStmts(fn.body, (expr) => {
      if (expr.kind !== "call") return;
      const called = pathOf(expr.callee).split(".").at(-1)!;
      if (SETS_METADATA.has(called)) keys.push(...keysIn(walk, expr.args.slice(0, 1), fn.file, fn));
      if (PUTS_AROUND.has(called)) around.push(...expr.args.flatMap((arg) => containerIn(walk.valueAt(arg, fn.file, fn, null)) ?? []));
    });
  }
  return { ...base, closure: value, keys, around };
}

/** The function and all that stand in it. */
function insideOf(fn: FunctionIR): FunctionIR[] {
  return fn.file.functions.filter((one) => one === fn || (one.start >= fn.start && one.end <= fn.end));
}

const asWritten = (name: string, file: FileIR, span: Span): Record => ({
  file,
  span,
  by: "audit",
  level: "audit",
  texts: [name],
  fields: [],
  via: [],
});

const isAudit = (name: string): boolean => isAuditName(splitWords(name));

/** Whether a record is about the handler at hand. */
function isTelling(record: Record): boolean {
  return (
    record.by === "audit" || record.fields.some((field) => SAYS_WHAT.has(field)) || record.texts.some((text) => NAMES_HANDLER.test(text))
  );
}

/** The record counts where the decorator stands: there the handler says that it wants it. */
function markRecords(walk: Walk, mark: Mark): Record[] {
  const { name, file, span, closure } = mark;
  if (closure === undefined) return isAudit(name) ? [asWritten(name, file, span)] : [];
  const inner = mark.around.map((container) => interceptionOf(walk, container));
  const exits = insideOf(closure.fns[0]!)
    .slice(1)
    .flatMap((fn) =>
      walk.invoke(
        { kind: "closure", fns: [fn], env: null },
        fn.params.map(() => UNKNOWN),
        1,
      ),
    );
  const records = [
    ...inner.flatMap((one) => one.records.filter((record) => isTelling(record) || isAudit(one.name))),
    ...recordsIn(exits).filter((record) => isTelling(record) || isAudit(name)),
  ];
  if (records.length > 0) return standingAt(records, file, span);
  const marksOnly = inner.length === 0 && mark.keys.some((key) => key.startsWith("key:"));
  const unclear = inner.some((one) => one.unclear) || exits.some((exit) => exit.way.unresolved !== null);
  return isAudit(name) && (unclear || (!marksOnly && exits.length === 0 && inner.length === 0)) ? [asWritten(name, file, span)] : [];
}

function throughRecords(walk: Walk, expr: Expr, handler: HandlerFound): Record[] {
  const scope = "expr" in handler.entry ? handler.entry.scope : (handler.entry.fn.parent ?? null);
  const value = walk.valueAt(expr, handler.file, scope, handler.container ?? null);
  const container = containerIn(value);
  const name = pathOf(expr);
  if (container !== undefined) {
    const { records, unclear } = interceptionOf(walk, container);
    const telling = records.filter((record) => isTelling(record) || isAudit(container.name));
    return telling.length === 0 && unclear && isAudit(container.name) ? [asWritten(name, handler.file, expr)] : telling;
  }
  if (!isAudit(name)) return [];
  if (value.kind !== "closure") return [asWritten(name, handler.file, expr)];
  const exits = walk.invoke(
    value,
    (value.fns[0]?.params ?? []).map(() => UNKNOWN),
    1,
  );
  const records = recordsIn(exits);
  return records.length > 0 ? records : exits.some((exit) => exit.way.unresolved !== null) ? [asWritten(name, handler.file, expr)] : [];
}

/** Of what stands around every handler, audit rows count, and what is written for handlers that are marked for it. */
function globalRecords({ records, reads }: Interception, marks: readonly Mark[]): Record[] {
  const mark = marks.find((one) => one.keys.some((key) => reads.includes(key)));
  if (mark !== undefined && records.length > 0) return standingAt(records, mark.file, mark.span);
  return reads.length > 0 ? [] : records.filter((record) => record.by === "audit");
}
