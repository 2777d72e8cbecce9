import type { Found } from "../handlers/find.ts";
import { enter } from "../outcomes/enter.ts";
import { ancestorNames, readThrown } from "../outcomes/thrown.ts";
import type { Walk } from "../outcomes/walk.ts";
import { UNKNOWN, type Value } from "../outcomes/values.ts";
import { listed, type Exit, type Record } from "../outcomes/way.ts";
import type { OnThrown } from "./handler.ts";

/** Levels at which a global error handler's line counts for a failure. */
const COUNTS: ReadonlySet<Record["level"]> = new Set(["warn", "error", "fatal", "audit"]);

/** What happens to thrown errors: the application's own error handlers of the same framework, else the framework's default. */
export function createOnThrown(walk: Walk, errorHandlers: readonly Found[]): OnThrown {
  return (found, ending) => {
    const thrown = ending.thrown ?? UNKNOWN;
    const { framework, handler: route } = found;
    if (!ending.handedOn && framework.handsOnThrown?.(route, (dependency) => walk.project.rangeOf(dependency, route.file.path)) === false)
      return undefined;
    const caught = errorHandlers.filter(
      (one) =>
        one.framework.id === found.framework.id &&
        isPartOf(walk, one.handler.file.path, found.handler.file.path) &&
        isCaught(walk, one.handler.catches, thrown),
    );
    // Those of the application itself come before those of what it depends on, which may be there for others.
    const own = caught.filter((one) => sharesFolder(one.handler.file.path, found.handler.file.path));
    const mine = nearest(walk, own.length > 0 ? own : caught, thrown);
    let answered = false;
    for (const handler of mine) {
      const { exits } = enter(walk, handler.handler, givenTo(handler.handler.errorIn, thrown));
      const record = recordIn(exits);
      if (record !== undefined) return record;
      answered ||=
        exits.some((exit) => exit.kind === "return" && exit.way.answer !== null) ||
        exits.every((exit) => exit.kind !== "stop" && exit.kind !== "throw");
    }
    if (answered) return undefined;
    const { status, name } = readThrown(walk, thrown);
    const logs = found.framework.logsUnhandled?.(status, name) ?? false;
    return logs
      ? { file: ending.at.file, span: ending.at.span, by: "framework", level: "error", texts: [ending.text], fields: [], via: [] }
      : undefined;
  };
}

/** What an error handler is called with: the error, first or second, or what holds it. */
function givenTo(key: string | undefined, thrown: Value): readonly Value[] {
  return key === undefined ? [thrown, thrown] : [{ kind: "record", open: true, entries: new Map([[key, thrown]]) }];
}

/** Whether a handler of these types is given the error: no, where it is known to be of another type. */
function isCaught(walk: Walk, types: readonly string[] | undefined, thrown: Value): boolean {
  if (types === undefined || thrown.kind !== "instance") return true;
  const names = [thrown.name, ...(thrown.of === undefined ? [] : ancestorNames(walk, thrown.of, 5))].map((name) =>
    name.slice(name.lastIndexOf(".") + 1),
  );
  if (types.some((type) => names.includes(type) || type === "Error")) return true;
  // The exceptions of a framework are what its base exception stands for: UnauthorizedException is an HttpException.
  return (
    types.some((type) => /^(?:Http|Base)\w*(?:Exception|Error)$/.test(type)) &&
    names.some((name) => readThrown(walk, { kind: "instance", name, args: [] }).status !== undefined)
  );
}

/** Of several, those for the type itself come before those for what it extends, and these before those for everything. */
function nearest(walk: Walk, handlers: readonly Found[], thrown: Value): readonly Found[] {
  if (thrown.kind !== "instance" || handlers.length < 2) return handlers;
  const names = [thrown.name, ...(thrown.of === undefined ? [] : ancestorNames(walk, thrown.of, 5))].map((name) =>
    name.slice(name.lastIndexOf(".") + 1),
  );
  const rankOf = ({ handler }: Found): number => {
    const rank = names.findIndex((name) => handler.catches?.includes(name) === true);
    return rank < 0 ? names.length : rank;
  };
  const best = Math.min(...handlers.map(rankOf));
  return best === names.length ? handlers : handlers.filter((one) => rankOf(one) === best);
}

/** Whether an error handler holds for a route: it stands in the same folder, or in a package that the route's depends on. */
function isPartOf(walk: Walk, handler: string, route: string): boolean {
  return sharesFolder(handler, route) || walk.project.dependsOn(route, handler);
}

/** Only a handler that records whatever way it takes is sure to record this error. */
function recordIn(exits: readonly Exit[]): Record | undefined {
  const ways = exits.map((exit) => listed(exit.way.records).filter((record) => COUNTS.has(record.level)));
  return ways.length > 0 && ways.every((records) => records.length > 0) ? ways[0]![0] : undefined;
}

/** Error handlers hold for the application they are part of: the same top folder, or one above. */
function sharesFolder(handler: string, route: string): boolean {
  const parts = (path: string): string[] => path.split("/").slice(0, -1);
  const [a, b] = [parts(handler), parts(route)];
  const depth = Math.min(2, a.length, b.length);
  return a.slice(0, depth).every((part, i) => part === b[i]);
}
