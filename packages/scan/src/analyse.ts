import { commentsOf } from "./comments.ts";
import type { Config } from "./config/config.ts";
import { contentFindings, type IssueFound } from "./content-findings.ts";
import { LINE_SIGN } from "./content/line-sign.ts";
import { createLines } from "./content/lines.ts";
import { redacts } from "./content/secrets/redaction.ts";
import { createSetups } from "./content/setup/index.ts";
import type { ScanOptions, ScanOutcome, Tell } from "./contract.ts";
import { createLoggersFor, walkFacts } from "./facts.ts";
import { frameworks } from "./frameworks/index.ts";
import type { Framework, HandlerFound } from "./frameworks/framework.ts";
import { findHandlers, type Found } from "./handlers/find.ts";
import { withForms } from "./handlers/forms.ts";
import { withGates } from "./handlers/gates.ts";
import { gapsOf, numbered, type GapFound } from "./judge/findings.ts";
import type { FileIR } from "./ir/nodes.ts";
import { judgeHandler, type Judged } from "./judge/handler.ts";
import { mergeRoutes } from "./judge/merge.ts";
import { createOnThrown } from "./judge/on-thrown.ts";
import type { PenFacts } from "./judge/pens.ts";
import { createProposer } from "./judge/proposal.ts";
import { reportHandler } from "./judge/report.ts";
import { createSpelling, type SpellingOf } from "./judge/spelling/spelling.ts";
import { languages } from "./languages/index.ts";
import { createWalk } from "./outcomes/evaluator.ts";
import { openProject } from "./project/discover.ts";
import type { Snapshot } from "./project/files.ts";
import type { Project } from "./project/project.ts";
import type { Sightings } from "./project/sightings.ts";
import type { Result } from "./report/result.ts";
import { summarise } from "./settle/summary.ts";
import { VERSION } from "./version.ts";

/** A finding with what it was made of. */
export type LiveFinding = GapFound | IssueFound;

/** An outcome with what it was made of: what a fix reads. */
export interface Analysed {
  readonly outcome: ScanOutcome;
  /** In the order of the findings. */
  readonly live: readonly LiveFinding[];
  readonly judged: readonly Judged[];
  readonly pens: PenFacts;
  /** What new lines in a file call things. */
  readonly spelling: SpellingOf;
}

/** Judges the handlers of a project. The outcome depends on nothing but the sources, the paths and the settings. */
export async function analyse(snapshot: Snapshot, sightings: Sightings, options: ScanOptions, tell: Tell): Promise<ScanOutcome> {
  return analyseProject(await openProject(snapshot, languages, sightings), options, tell).outcome;
}

export function analyseProject(project: Project, options: ScanOptions, tell: Tell): Analysed {
  const asked = within(options.paths);
  const found = withForms(findHandlers(project, frameworks, asked, tell));
  const judged = judgeAll(project, found, options, tell);
  return settleOutcome(project, judged, errorHandlersOf(found), asked, options.config, tell);
}

function errorHandlersOf(found: readonly Found[]): HandlerFound[] {
  return found.flatMap(({ handler }) => (handler.kind === "errors" ? [handler] : []));
}

function within(paths: readonly string[] | undefined): (path: string) => boolean {
  if (paths === undefined || paths.length === 0) return () => true;
  return (path) => paths.some((wanted) => wanted === "" || wanted === "." || path === wanted || path.startsWith(`${wanted}/`));
}

function judgeAll(project: Project, found: readonly Found[], options: ScanOptions, tell: Tell): Judged[] {
  const errorHandlers = found.filter((one) => one.handler.kind === "errors");
  const benches = new Map<Framework, ReturnType<typeof bench>>();
  const benchOf = (framework: Framework): ReturnType<typeof bench> => {
    let mine = benches.get(framework);
    if (mine === undefined) benches.set(framework, (mine = bench(project, framework, options, errorHandlers)));
    return mine;
  };
  const routes = withGates(
    found.filter((one) => one.handler.kind !== "errors"),
    (framework) => benchOf(framework).walk,
  );
  const judged = routes.map((one, i) => {
    tell({ step: "walk", done: i, total: routes.length, file: one.handler.file.path });
    const { walk, onThrown } = benchOf(one.framework);
    return judgeHandler(walk, one, options.config, onThrown);
  });
  return mergeRoutes(judged);
}

function bench(project: Project, framework: Framework, options: ScanOptions, errorHandlers: readonly Found[]) {
  const walk = createWalk(walkFacts(project, framework, options.config));
  return { walk, onThrown: createOnThrown(walk, errorHandlers) };
}

/** The innermost folder with a manifest around a file; "" is the top. */
function packageOf(project: Project, path: string): string {
  return project.packagesOf(path)[0]?.folder ?? "";
}

/** The files that are parsed, in the order of their paths; more may come while they are asked for. */
function parsedFiles(project: Project): () => readonly FileIR[] {
  let known: readonly FileIR[] = [];
  let count = -1;
  return () => {
    if (count === project.parsedCount()) return known;
    count = project.parsedCount();
    known = project.paths.filter((path) => project.isParsed(path)).flatMap((path) => project.file(path) ?? []);
    return known;
  };
}

/** One gap, one finding: what a rule about lines says of silent outcomes stands for that they are silent. */
function uncovered(gaps: readonly GapFound[], issues: readonly IssueFound[]): readonly GapFound[] {
  const covered = new Set(issues.flatMap(({ issue }) => issue.covers ?? []));
  return covered.size === 0 ? gaps : gaps.filter(({ silent }) => !silent.every((outcome) => covered.has(outcome)));
}

/** Files are counted and complained about only where they were asked for; that calls led into others is nobody's concern. */
function settleOutcome(
  project: Project,
  judged: readonly Judged[],
  errorHandlers: readonly HandlerFound[],
  asked: (path: string) => boolean,
  config: Config,
  tell: Tell,
): Analysed {
  tell({ step: "judge", done: 0, total: judged.length });
  const loggersFor = createLoggersFor(project);
  const files = parsedFiles(project);
  const mine = project.paths.filter(asked);
  const lines = createLines(loggersFor, config);
  const setupOf = createSetups(project, loggersFor);
  const pens: PenFacts = { files, loggersFor, open: project.open, packageOf: (path) => packageOf(project, path) };
  const spelling = createSpelling({
    judged,
    files,
    packageOf: pens.packageOf,
    fieldsOf: (file) => (LINE_SIGN.test(file.text) ? lines(file).flatMap(({ fact }) => fact.fields ?? []) : []),
    isHidden: (file, name) => lines(file).some((line) => redacts(setupOf(line), name)),
  });
  const propose = createProposer(pens, spelling);
  const reports = judged.map(reportHandler);
  const gaps = judged.flatMap((one, i) => gapsOf(one, reports[i]!, propose));
  const issues = contentFindings({ project, judged, errorHandlers, reports, config, loggersFor, lines, setupOf, spelling, asked, tell });
  const live = numbered<LiveFinding>([...uncovered(gaps, issues), ...issues]);
  const result: Result = {
    schemaVersion: 1,
    tool: { name: "telltale", version: VERSION },
    handlers: reports,
    findings: live.map(({ finding }) => finding),
    suppressed: [],
    suppressionProblems: [],
    notAnalysed: project.notAnalysed().filter(({ file }) => asked(file)),
    frameworks: [...new Set(reports.map((report) => report.framework))].sort(),
    loggers: [...new Set(files().flatMap((file) => loggersFor(file).map((logger) => logger.id)))].sort(),
    summary: summarise(reports, { files: mine.length, parsed: mine.filter(project.isParsed).length }),
  };
  const outcome: ScanOutcome = {
    result,
    comments: new Map([...commentsOf(project)].filter(([file]) => asked(file))),
    sources: (file) => project.texts.get(file),
  };
  return { outcome, live, judged, pens, spelling };
}
