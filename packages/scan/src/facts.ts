import { isCheckOf } from "./actions/checks.ts";
import { phraseOf } from "./actions/phrases.ts";
import { splitWords } from "./actions/words.ts";
import type { Config } from "./config/config.ts";
import { ECOSYSTEMS, type Framework } from "./frameworks/framework.ts";
import type { FileIR } from "./ir/nodes.ts";
import { isAuditName } from "./loggers/audit-names.ts";
import { loggers } from "./loggers/index.ts";
import type { Logger } from "./loggers/logger.ts";
import { deedOf } from "./outcomes/deeds.ts";
import { createListenerFinder } from "./outcomes/listeners.ts";
import { createHookFinder } from "./outcomes/writes.ts";
import { createRecordFinder } from "./outcomes/records.ts";
import type { WalkFacts } from "./outcomes/walk.ts";
import type { Project } from "./project/project.ts";

/** Words of calls that may stand for a record, when nobody can tell what they do. */
const RECORDING = new Set(["audit", "log", "record", "track", "trail", "activity", "journal", "history", "report"]);

/** What one framework's handlers are walked with. */
export function walkFacts(project: Project, framework: Framework, config: Config): WalkFacts {
  const [listeners, hooks] = [createListenerFinder(project), createHookFinder()];
  return {
    project,
    endOfCall: (call) => framework.endOfCall?.(call),
    endOfAssign: (assign) => framework.endOfAssign?.(assign),
    recordOf: createRecordFinder(createLoggersFor(project), config),
    listenersOf: (...call) => listeners(...call) ?? hooks(...call),
    deedOf,
    isCheck: isCheckOf,
    isOwnModule: (name) => project.isOwnNamespace(name),
    mayRecord: (path) => isAuditName(splitWords(path)) || mayRecord(phraseOf(path.slice(path.lastIndexOf(".") + 1))),
  };
}

/** `LogDebug` writes nothing that is kept, whatever it is called on; `RecordNotFound` tells how a query ended. */
function mayRecord(words: readonly string[]): boolean {
  return !words.includes("not") && words.some((word) => RECORDING.has(word)) && !["debug", "trace", "verbose"].includes(words.at(-1) ?? "");
}

/** The logger files that are switched on for a file: by the dependencies around it, its imports, or always. */
export function createLoggersFor(project: Project): (file: FileIR) => readonly Logger[] {
  const memo = new Map<FileIR, readonly Logger[]>();
  return (file) => {
    let mine = memo.get(file);
    if (mine === undefined)
      memo.set(file, (mine = loggers.filter((logger) => logger.languages.includes(file.language) && isEnabled(project, logger, file))));
    return mine;
  };
}

function isEnabled(project: Project, logger: Logger, file: FileIR): boolean {
  const { enabledBy } = logger;
  if (enabledBy.always === true) return true;
  const sources = file.imports.map((one) => one.source);
  const fits = (wanted: string | RegExp, source: string): boolean =>
    typeof wanted === "string"
      ? source === wanted || source.startsWith(`${wanted}/`) || source.startsWith(`${wanted}.`)
      : wanted.test(source);
  if ([...(enabledBy.imports ?? []), ...(enabledBy.npm ?? [])].some((wanted) => sources.some((source) => fits(wanted, source))))
    return true;
  return ECOSYSTEMS.some((ecosystem) => enabledBy[ecosystem]?.some((dependency) => project.has(ecosystem, dependency, file.path)) === true);
}
