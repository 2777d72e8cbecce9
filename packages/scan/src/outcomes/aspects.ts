import { splitWords } from "../actions/words.ts";
import { entryOf, stringOf } from "../ir/literals.ts";
import type { ContainerIR, Decorator, FileIR, FunctionIR } from "../ir/nodes.ts";
import {
  ADVICE,
  ASPECTS,
  INTERCEPTING,
  INTERCEPTORS,
  MARKED,
  MAY_ADVISE,
  NAMED_POINTCUT,
  POINTCUTS,
  type Advised,
} from "../loggers/aspects.ts";
import { isAuditName } from "../loggers/audit-names.ts";
import { filesWith } from "./sought.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, UNKNOWN } from "./values.ts";
import { listed, type Exit, type Record } from "./way.ts";

/** An advice, and the annotation of the methods that it runs around. */
interface Advice {
  /** Last name of the annotation. */
  readonly mark: string;
  readonly fn: FunctionIR;
  readonly advised: Advised;
}

const known = new WeakMap<Walk, readonly Advice[]>();

function adviceOf(walk: Walk): readonly Advice[] {
  let mine = known.get(walk);
  if (mine === undefined) {
    const containers = filesWith(walk.project, MAY_ADVISE).flatMap((file) => file.containers);
    known.set(walk, (mine = containers.flatMap((one) => [...ofAspect(one), ...ofInterceptor(one)])));
  }
  return mine;
}

/** `@Around("@annotation(com.shop.Log)")`, also through named pointcuts of the class. */
function ofAspect(container: ContainerIR): Advice[] {
  if (!container.decorators.some((one) => ASPECTS.has(last(one.name)))) return [];
  return container.functions.flatMap((fn) =>
    fn.decorators.flatMap((decorator) => {
      const advised = ADVICE.get(last(decorator.name));
      if (advised === undefined) return [];
      return marksOf(container, fn, pointcutOf(decorator), 3).map((mark) => ({ mark, fn, advised }));
    }),
  );
}

function pointcutOf(decorator: Decorator): string {
  return decorator.args.map((arg) => stringOf(arg) ?? stringOf(entryOf(arg, "pointcut") ?? entryOf(arg, "value")) ?? "").join(" ");
}

function marksOf(container: ContainerIR, fn: FunctionIR, pointcut: string, depth: number): string[] {
  const direct = [...pointcut.matchAll(MARKED)].map(([, name]) => typeOfParam(fn, name!) ?? last(name!));
  if (depth === 0) return direct;
  const named = [...pointcut.matchAll(NAMED_POINTCUT)].flatMap(([, name]) => {
    const target = container.functions.find(
      (one) => one.name === last(name!) && one.decorators.some((own) => POINTCUTS.has(last(own.name))),
    );
    const text = target?.decorators
      .filter((own) => POINTCUTS.has(last(own.name)))
      .map(pointcutOf)
      .join(" ");
    return target === undefined || text === undefined ? [] : marksOf(container, target, text, depth - 1);
  });
  return [...new Set([...direct, ...named])];
}

/** `@annotation(log)` names a parameter of the advice; its type is the annotation. */
function typeOfParam(fn: FunctionIR, name: string): string | undefined {
  const param = fn.params.find(({ pattern }) => pattern.kind === "bind" && pattern.name === name);
  return param?.pattern.kind === "bind" && param.pattern.type !== undefined ? last(param.pattern.type.name) : undefined;
}

/** `@Interceptor @Logged class … { @AroundInvoke … }`: the other annotations of the class bind it. */
function ofInterceptor(container: ContainerIR): Advice[] {
  if (!container.decorators.some((one) => INTERCEPTORS.has(last(one.name)))) return [];
  const fn = container.functions.find((one) => one.decorators.some((own) => INTERCEPTING.has(last(own.name))));
  if (fn === undefined) return [];
  return container.decorators
    .filter((one) => !INTERCEPTORS.has(last(one.name)))
    .map(({ name }) => ({ mark: last(name), fn, advised: "around" as const }));
}

/** What the advice of a handler's annotations writes: for its success, its failure, or both. It counts where the annotation stands. */
export function advisedRecords(walk: Walk, decorators: readonly Decorator[], file: FileIR): Record[] {
  return decorators.flatMap((decorator) => {
    const mine = adviceOf(walk).filter(({ mark }) => mark === last(decorator.name));
    return mine.flatMap((advice) => recordsOf(walk, advice, decorator, file));
  });
}

function recordsOf(walk: Walk, { fn, advised, mark }: Advice, decorator: Decorator, file: FileIR): Record[] {
  const exits = exitsOf(walk, fn);
  const telling = (some: readonly Exit[]): Record | undefined =>
    some
      .flatMap((exit) => listed(exit.way.records))
      .find((record) => record.by === "audit" || saysLog(mark) || saysLog(last(fn.container?.name ?? "")));
  const written = (record: Record | undefined, outcome: "success" | "failure" | undefined): Record[] =>
    record === undefined
      ? []
      : [{ ...record, by: "audit", file, span: decorator, via: [], texts: [mark], ...(outcome === undefined ? {} : { outcome }) }];
  if (advised === "success" || advised === "failure") return written(telling(exits), advised);
  if (advised === "any") return written(telling(exits), undefined);
  const failed = exits.filter((exit) => exit.kind !== "return" || exit.way.rejected !== null || exit.way.technical);
  const done = exits.filter((exit) => !failed.includes(exit));
  return [...written(telling(done), "success"), ...written(telling(failed), "failure")];
}

function exitsOf(walk: Walk, fn: FunctionIR): readonly Exit[] {
  const self = fn.container === undefined ? {} : { self: instanceOf(fn.container) };
  return walk.invoke(
    { kind: "closure", fns: [fn], env: null, ...self },
    fn.params.map(() => UNKNOWN),
    1,
  );
}

/** Whether a name speaks of writing down: `Log`, `OperationLog`, `Audited`, `TrackChange`. */
function saysLog(name: string): boolean {
  const words = splitWords(name);
  return (
    isAuditName(words) || words.some((word) => /^(?:log|logs|logged|logger|logging|audit\w*|record\w*|trail|track|journal)$/.test(word))
  );
}

const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
