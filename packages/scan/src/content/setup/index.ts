import type { FileIR } from "../../ir/nodes.ts";
import type { Logger } from "../../loggers/logger.ts";
import type { Project } from "../../project/project.ts";
import type { LogLine } from "../lines.ts";
import { behind } from "./behind.ts";
import type { SetupFact, SetupView } from "./facts.ts";
import { LEVEL_ORDER } from "./levels.ts";
import { settingsReaders, setupReaders } from "./readers/index.ts";
import type { LoggerSetup } from "./setup.ts";
import { stageOfPath } from "./stages.ts";
import { setupView } from "./view.ts";

export type { LoggerSetup } from "./setup.ts";
export { setupView } from "./view.ts";
export type { SetupCall, SetupView } from "./facts.ts";

interface Placed extends SetupFact {
  readonly path: string;
  /** Absent for a file of settings. */
  readonly file?: FileIR;
}

/** How the logger behind a line is set up. What the source does not say is the library's default. */
export function createSetups(project: Project, loggersFor: (file: FileIR) => readonly Logger[]): (line: LogLine) => LoggerSetup {
  const factsOf = createFacts(project);
  const memo = new Map<string, LoggerSetup>();
  return (line) => {
    const logger = behind(line, loggersFor(line.file), (source) => project.open(line.file, source), loggersFor);
    if (logger === undefined) return { lineBreaks: "unknown", redacts: false };
    const folder = project.packagesOf(line.file.path)[0]?.folder ?? "";
    const key = `${logger.id} ${folder}`;
    let setup = memo.get(key);
    if (setup === undefined) memo.set(key, (setup = merged(nearest(factsOf(logger.id), folder), logger)));
    return setup;
  };
}

/** What is set up in the package of a line counts there; what stands outside of it only where it says nothing itself. */
function nearest(facts: readonly Placed[], folder: string): readonly Placed[] {
  const own = facts.filter(({ path }) => path.startsWith(folder));
  return own.length > 0 ? own : facts;
}

/** By the id of a logger, everything that the project says of its setup. */
function createFacts(project: Project): (logger: string) => readonly Placed[] {
  const views = new Map<string, SetupView | undefined>();
  const viewOf = (path: string): SetupView | undefined => {
    if (!views.has(path)) {
      const file = project.file(path);
      views.set(path, file === undefined ? undefined : setupView(file));
    }
    return views.get(path);
  };
  const memo = new Map<string, readonly Placed[]>();
  return (logger) => {
    let facts = memo.get(logger);
    if (facts === undefined) memo.set(logger, (facts = [...inSources(project, logger, viewOf), ...inSettings(project, logger)]));
    return facts;
  };
}

function inSources(project: Project, logger: string, viewOf: (path: string) => SetupView | undefined): Placed[] {
  const readers = setupReaders.filter((reader) => reader.loggers.includes(logger));
  return readers.flatMap((reader) =>
    project.paths.flatMap((path) => {
      if (!reader.languages.includes(project.languageOf(path)?.id ?? "") || !reader.mayHold.test(project.texts.get(path)!)) return [];
      const view = viewOf(path);
      return view === undefined ? [] : reader.read(view).map((fact) => ({ ...fact, path, file: view.file }));
    }),
  );
}

function inSettings(project: Project, logger: string): Placed[] {
  const readers = settingsReaders.filter((reader) => reader.loggers.includes(logger));
  return project.settings.flatMap(({ path, text }) => {
    const stage = stageOfPath(path);
    return readers
      .filter((reader) => reader.path.test(path))
      .flatMap((reader) => reader.read(text).map((fact) => ({ ...(stage === undefined ? {} : { stage }), ...fact, path })));
  });
}

/** One setup of all that is said; what is said for development only counts for nothing, what is said for production first. */
function merged(all: readonly Placed[], logger: Logger): LoggerSetup {
  const facts = all.filter(({ stage }) => stage !== "development");
  const at = facts.find(({ file, span }) => file !== undefined && span !== undefined);
  const from = threshold(facts);
  return {
    ...(at === undefined ? {} : { at: { file: at.file!, span: at.span! } }),
    lineBreaks: breaksOf(facts) ?? logger.lineBreaks ?? "unknown",
    ...(from === undefined ? {} : { from }),
    redacts: logger.id === "telltale-log" ? "unknown" : redactionOf(facts),
  };
}

/** Where several say it, what production says; where that is not one thing, nobody knows. */
function breaksOf(facts: readonly SetupFact[]): LoggerSetup["lineBreaks"] | undefined {
  const saying = facts.filter(({ lineBreaks }) => lineBreaks !== undefined);
  const ofProduction = saying.filter(({ stage }) => stage === "production");
  const said = new Set((ofProduction.length > 0 ? ofProduction : saying).map(({ lineBreaks }) => lineBreaks!));
  return said.size > 1 ? "unknown" : [...said][0];
}

/** Of several levels the one that writes most: another logger of the package may be the one behind the line. */
function threshold(facts: readonly SetupFact[]): LoggerSetup["from"] {
  const saying = facts.filter(({ from }) => from !== undefined);
  const ofProduction = saying.filter(({ stage }) => stage === "production");
  const levels = (ofProduction.length > 0 ? ofProduction : saying).map(({ from }) => from!);
  return levels.toSorted((a, b) => LEVEL_ORDER.indexOf(a) - LEVEL_ORDER.indexOf(b))[0];
}

function redactionOf(facts: readonly SetupFact[]): LoggerSetup["redacts"] {
  const said = facts.flatMap(({ redacts }) => (redacts === undefined ? [] : [redacts]));
  if (said.length === 0) return false;
  return said.includes("unknown") ? "unknown" : said.flatMap((one) => (one === "unknown" ? [] : one));
}
