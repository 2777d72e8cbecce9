import type { CallExpr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { callView } from "../loggers/call-view.ts";
import { generic } from "../loggers/generic.ts";
import { loggers } from "../loggers/index.ts";
import type { Logger } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import { originAcross, type OpenFile } from "./across.ts";
import { inNamesOf } from "./expressions.ts";
import { isInScope, type Room } from "./in-scope.ts";

/** A logger, and the name that it goes by. */
export interface Pen {
  readonly logger: Logger;
  readonly name: string;
}

/** A pen as it was found: where it was used decides where else it can be. */
interface Used extends Pen {
  readonly fn: FunctionIR | null;
  /** Another file makes it: what this package depends on says nothing about it. */
  readonly across?: true;
}

export interface PenFacts {
  readonly files: () => readonly FileIR[];
  readonly loggersFor: (file: FileIR) => readonly Logger[];
  readonly open: OpenFile;
  /** The folder of the package that a file belongs to. */
  readonly packageOf: (path: string) => string;
}

/** Usual names of loggers where a file has none yet; those that are not named here are called `logger`. */
const USUAL_NAME: ReadonlyMap<string, string> = new Map([
  ["console", "console"],
  ["elixir-logger", "Logger"],
  ["fastify-log", "request.log"],
  ["laravel-log", "Log"],
  ["monolog", "$this->logger"],
  ["nestjs-logger", "this.logger"],
  ["telltale-log", "security"],
]);

/** What is worse than this is no logger of the application: error trackers, the console, telemetry, names alone. */
const OWN = 40;
const preferenceOf = (logger: Logger): number => logger.preference ?? 50;
const isOwn = (pen: Pen): boolean => preferenceOf(pen.logger) < OWN || pen.logger.id === "generic";

/** What a handler should write with, the best first: what its file writes with, else what its project does, else what it depends on. */
export function createPens(facts: PenFacts): (room: Room) => readonly Pen[] {
  const known = new Map<FileIR, readonly Used[]>();
  const usedIn = (file: FileIR): readonly Used[] => {
    let mine = known.get(file);
    if (mine === undefined) known.set(file, (mine = findPens(file, facts)));
    return mine;
  };
  const inPackage = new Map<string, readonly Used[]>();
  const usual = (folder: string, room: Room): readonly Pen[] => {
    let mine = inPackage.get(folder);
    if (mine === undefined)
      inPackage.set(
        folder,
        (mine = byUse(
          facts
            .files()
            .filter(({ path }) => folder === "" || facts.packageOf(path) === folder)
            .flatMap(usedIn)
            .filter(isOwn),
        )),
      );
    const enabled = facts.loggersFor(room.file);
    return mine.filter(
      (pen) =>
        pen.logger.languages.includes(room.file.language) &&
        (folder !== "" ||
          enabled.includes(pen.logger) ||
          (room.inner === true && (pen.across === true || pen.logger.enabledBy.imports !== undefined))) &&
        isUsual(pen.name, room),
    );
  };
  return (room) => {
    const inFile = usedIn(room.file).flatMap((pen) => within(pen, room) ?? []);
    const wanted = defaults(facts.loggersFor(room.file), room.file.language).flatMap((pen) => within({ ...pen, fn: null }, room) ?? []);
    return [
      ...inFile.filter(isOwn),
      ...usual(facts.packageOf(room.file.path), room),
      ...wanted.filter(isOwn),
      ...usual("", room),
      ...inFile,
      ...wanted.filter(({ logger }) => logger.id === "console"),
    ];
  };
}

/** A name that a handler elsewhere would have for its logger: `logger`, and in a class `this.logger`. */
function isUsual(name: string, { fn }: Room): boolean {
  return (fn?.container?.sort === "class" ? /^(?:this\.|\$this->)?[A-Za-z_$][\w$]*$/ : /^[A-Za-z_$][\w$]*$/).test(name) && name !== "this";
}

/** The pen under the name that it has in the handler; undefined where it cannot be reached from there. */
function within(pen: Used, room: Room): Pen | undefined {
  const { logger, name } = pen;
  const root = /^[A-Za-z_$][\w$]*/.exec(name)?.[0];
  if (root === undefined) return undefined;
  if (root === "this" || root === "$this")
    return room.fn?.container !== undefined && holds(room.fn, name, pen) ? { logger, name } : undefined;
  if (root === "console" || /^[A-Z]/.test(root) || isInScope(root, { ...room, before: room.fn?.start ?? 0 })) return { logger, name };
  if (!name.includes(".")) return pen.fn === null ? { logger, name } : undefined;
  const adapted = inNamesOf(name, room);
  return adapted === undefined ? undefined : { logger, name: adapted };
}

/** Whether a line in the handler can use the name as it stands, without an import or a field for it. */
export function isHeld({ name }: Pen, room: Room): boolean {
  const root = /^[A-Za-z_$][\w$]*/.exec(name)?.[0];
  if (root === undefined) return false;
  if (root !== "this" && root !== "$this") return root === "console" || isInScope(root, room);
  const container = room.fn?.container;
  if (container === undefined) return false;
  const field = /^(?:this\.|\$this->)(\w+)/.exec(name)?.[1];
  return (
    container.fields.some((one) => one.name === field) ||
    container.functions.some(
      (one) =>
        one.role === "constructor" &&
        one.params.some((param) => param.field && param.pattern.kind === "bind" && param.pattern.name === field),
    )
  );
}

/** Whether `this.logger` is there: used or declared in the class of the handler. */
function holds(fn: FunctionIR, name: string, { fn: user, logger }: Used): boolean {
  if (user !== null) return user.container === fn.container;
  return (
    logger.id === "nestjs-logger" || fn.container!.fields.some((field) => name === `this.${field.name}` || name === `$this->${field.name}`)
  );
}

/** Every logger that a file writes with, the best first. */
function findPens(file: FileIR, facts: PenFacts): readonly Used[] {
  const found = new Map<string, Used>();
  const enabled = facts.loggersFor(file);
  for (const { body, scope } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call" || expr.callee.kind !== "member") return;
      const logger = enabled.find((one) => one.record(callView(expr, originIn(file, scope))) !== undefined);
      if (logger === undefined) return;
      const name = file.text.slice(expr.callee.start, expr.callee.end).replace(/(?:\??(?:\.|->)|::)\s*\w+$/, "");
      if (!/^(?:[\w.$]+|\$this->\w+)$/.test(name)) return;
      const key = `${name}:${/^(?:this\.|\$this->)/.test(name) ? (scope?.container?.start ?? "") : ""}`;
      if (found.has(key)) return;
      const real = logger.id === "generic" ? followed(expr, file, scope, facts) : logger;
      found.set(key, { logger: real, name, fn: scope, ...(real === logger ? {} : { across: true }) });
    });
  }
  return [...found.values()].sort((a, b) => preferenceOf(a.logger) - preferenceOf(b.logger));
}

/** What is called a logger and comes from another file is what that file makes it of, whatever this package depends on. */
function followed(call: CallExpr, file: FileIR, scope: FunctionIR | null, { open }: PenFacts): Logger {
  const view = callView(call, originAcross(file, scope, open));
  return loggers.find((one) => one.languages.includes(file.language) && one.record(view) !== undefined) ?? generic;
}

/** Those that can be had anywhere, the most used first. */
function byUse(pens: readonly Used[]): readonly Used[] {
  const counts = new Map<string, { pen: Used; count: number }>();
  for (const pen of pens) {
    const key = `${pen.logger.id}:${pen.name}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { pen, count: 1 });
    else entry.count++;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ pen }) => pen);
}

/** What the project depends on, the best first. */
function defaults(loggers: readonly Logger[], language: string): readonly Pen[] {
  const mine = loggers.filter((logger) => logger.languages.includes(language) && logger.id !== "generic");
  return mine.sort((a, b) => preferenceOf(a) - preferenceOf(b)).map((logger) => ({ logger, name: USUAL_NAME.get(logger.id) ?? "logger" }));
}
