import type { Found } from "../handlers/find.ts";
import { enter } from "../outcomes/enter.ts";
import type { ContainerIR } from "../ir/nodes.ts";
import { parents } from "../outcomes/lookup.ts";
import { readThrown } from "../outcomes/thrown.ts";
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
    if (!ending.handedOn && framework.handsOnThrown?.(route, (dependency) => versionOf(walk, route.file.path, dependency)) === false)
      return undefined;
    const mine = errorHandlers.filter(
      (one) =>
        one.framework.id === found.framework.id &&
        sharesFolder(one.handler.file.path, found.handler.file.path) &&
        isCaught(walk, one.handler.catches, thrown),
    );
    let answered = false;
    for (const handler of mine) {
      const { exits } = enter(walk, handler.handler, [thrown, thrown]);
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

function ancestorNames(walk: Walk, container: ContainerIR, depth: number): string[] {
  const named = container.extends.map((type) => type.name);
  return depth === 0 ? named : [...named, ...parents(walk, container).flatMap((parent) => ancestorNames(walk, parent, depth - 1))];
}

function versionOf(walk: Walk, path: string, dependency: string): string | undefined {
  for (const one of walk.project.packages) {
    if (one.ecosystem !== "npm" || !path.startsWith(one.folder)) continue;
    for (const key of ["dependencies", "devDependencies", "peerDependencies"]) {
      const wanted = (one.data?.[key] as Readonly<globalThis.Record<string, unknown>> | undefined)?.[dependency];
      if (typeof wanted === "string") return wanted;
    }
  }
  return undefined;
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
