import type { ContainerIR, Expr, FileIR, FunctionIR, Span } from "../ir/nodes.ts";
import { bodiesOf, walkExpr, walkStmts } from "../ir/walk.ts";
import { AROUND_METHODS, GLOBAL_METHODS, GLOBAL_TOKENS, MAY_BE_GLOBAL, READS_METADATA } from "../loggers/interceptors.ts";
import { memberOf } from "./members.ts";
import { filesWith } from "./sought.ts";
import { polarityOf } from "./topics.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, pathOf, UNKNOWN, type Value } from "./values.ts";
import { listed, type Exit, type Record } from "./way.ts";

/** What a class does that stands around handlers. */
export interface Interception {
  readonly name: string;
  readonly records: readonly Record[];
  /** Keys of the metadata of handlers that it reads. */
  readonly reads: readonly string[];
  /** It calls what could record and could not be followed. */
  readonly unclear: boolean;
}

const known = new WeakMap<Walk, Map<ContainerIR, Interception>>();

export function interceptionOf(walk: Walk, container: ContainerIR): Interception {
  let mine = known.get(walk);
  if (mine === undefined) known.set(walk, (mine = new Map()));
  const before = mine.get(container);
  if (before !== undefined) return before;
  const made = follow(walk, container);
  mine.set(container, made);
  return made;
}

function follow(walk: Walk, container: ContainerIR): Interception {
  const closure = AROUND_METHODS.map((name) => memberOf(walk, instanceOf(container), name, name)).find((value) => value.kind === "closure");
  if (closure?.kind !== "closure") return { name: container.name, records: [], reads: [], unclear: false };
  const exits = walk.invoke(
    closure,
    (closure.fns[0]?.params ?? []).map(() => UNKNOWN),
    1,
  );
  const reads: string[] = [];
  for (const fn of container.functions) {
    walkStmts(fn.body, (expr) => {
      if (expr.kind === "call" && READS_METADATA.test(pathOf(expr.callee))) reads.push(...keysIn(walk, expr.args.slice(0, 1), fn.file, fn));
    });
  }
  return { name: container.name, records: recordsIn(exits), reads, unclear: exits.some((exit) => exit.way.unresolved !== null) };
}

const everywhere = new WeakMap<Walk, readonly Interception[]>();

/** The classes that stand around every handler of the application. */
export function globalInterceptors(walk: Walk): readonly Interception[] {
  let mine = everywhere.get(walk);
  if (mine === undefined)
    everywhere.set(walk, (mine = [...new Set(globalClasses(walk))].map((container) => interceptionOf(walk, container))));
  return mine;
}

function globalClasses(walk: Walk): ContainerIR[] {
  const found: ContainerIR[] = [];
  for (const file of filesWith(walk.project, MAY_BE_GLOBAL)) {
    const visit = (expr: Expr): void => {
      const named = classesIn(expr);
      found.push(...named.flatMap((one) => containerIn(walk.valueAt(one, file, null, null)) ?? []));
    };
    for (const { body } of bodiesOf(file)) walkStmts(body, visit);
    for (const container of file.containers)
      for (const decorator of container.decorators) for (const arg of decorator.args) walkExpr(arg, visit);
  }
  return found;
}

/** `app.useGlobalInterceptors(new X())`, `{ provide: APP_INTERCEPTOR, useClass: X }`. */
function classesIn(expr: Expr): readonly Expr[] {
  if (expr.kind === "call") return GLOBAL_METHODS.has(pathOf(expr.callee).split(".").at(-1)!) ? expr.args : [];
  if (expr.kind !== "record") return [];
  const token = expr.entries.find((entry) => entry.key === "provide")?.value;
  if (token === undefined || !GLOBAL_TOKENS.has(pathOf(token))) return [];
  return expr.entries.flatMap((entry) => (entry.key === "useClass" || entry.key === "useExisting" ? [entry.value] : []));
}

/** Keys of metadata, as text; constants are read. */
export function keysIn(walk: Walk, exprs: readonly Expr[], file: FileIR, fn: FunctionIR | null): string[] {
  return exprs.flatMap((expr) => {
    const value = walk.valueAt(expr, file, fn, fn?.container ?? null);
    const text = value.kind === "literal" && typeof value.value === "string" ? [`key:${value.value}`] : [];
    const path = pathOf(expr);
    return path === "" ? text : [...text, `name:${path.split(".").at(-1)!}`];
  });
}

export function containerIn(value: Value): ContainerIR | undefined {
  return value.kind === "container" ? value.of : value.kind === "instance" ? value.of : undefined;
}

export function recordsIn(exits: readonly Exit[]): Record[] {
  return exits.flatMap((exit) => listed(exit.way.records));
}

/** The records of what stands around as one at the handler; where each tells of one outcome only, one for each. */
export function standingAt(records: readonly Record[], file: FileIR, span: Span): Record[] {
  const told = records.map((record) => ({ ...record, file, span, via: [], polarity: polarityOf(record) }));
  const both = told.find(({ polarity }) => polarity === "any");
  const kept = both === undefined ? told.filter(({ polarity }, i) => told.findIndex((one) => one.polarity === polarity) === i) : [both];
  return kept.map(({ polarity, ...record }) => (polarity === "any" ? record : { ...record, outcome: polarity }));
}
