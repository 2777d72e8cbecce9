import { analyseProject, type Analysed, type LiveFinding } from "./analyse.ts";
import type { Config } from "./config/config.ts";
import type { Trace } from "./content/flow/origin.ts";
import { createTrace } from "./content/flow/trace.ts";
import { createLines, type LogLine } from "./content/lines.ts";
import type { ScanOptions, ScanOutcome, Tell } from "./contract.ts";
import type { GapFound } from "./judge/findings.ts";
import type { Judged } from "./judge/handler.ts";
import type { Room } from "./judge/in-scope.ts";
import { createPens, isHeld, type Pen } from "./judge/pens.ts";
import { createSaying, type Saying } from "./judge/proposal.ts";
import type { SpellingOf } from "./judge/spelling/spelling.ts";
import type { FileIR } from "./ir/nodes.ts";
import { extensions } from "./languages/extensions.ts";
import { languages } from "./languages/index.ts";
import { openTree } from "./project/discover.ts";
import { intoTree, type Tree } from "./project/files.ts";
import type { Project } from "./project/project.ts";
import { snapshotOf } from "./project/snapshot.ts";

export { deedWords } from "./actions/deeds.ts";
export { actionMask } from "./actions/match.ts";
export { splitWords } from "./actions/words.ts";
export type { LiveFinding } from "./analyse.ts";
export { QUOTED } from "./content/request/quoting.ts";
export type { LogLine } from "./content/lines.ts";
export { inStyle, readName, spelledLike, type Named, type Style } from "./content/record/event-names.ts";
export { holesOf, type Hole } from "./content/splices.ts";
export type { IssueFound } from "./content-findings.ts";
export type * from "./ir/nodes.ts";
export type { GapFound } from "./judge/findings.ts";
export type { Judged } from "./judge/handler.ts";
export { isInScope, paramNames, type Room } from "./judge/in-scope.ts";
export type { Pen } from "./judge/pens.ts";
export { lineAt } from "./judge/places.ts";
export type { Saying, Says } from "./judge/proposal.ts";
export type { Outcome } from "./judge/verdict.ts";
export type { EventWord } from "./judge/spelling/event-words.ts";
export type { Told } from "./judge/spelling/named-records.ts";
export type { Spelling } from "./judge/spelling/spelling.ts";
export { isAuditName } from "./loggers/audit-names.ts";
export type { Logger, Proposal } from "./loggers/logger.ts";
export { fieldsThenMessage, messageThenFields, reportText } from "./loggers/write.ts";
export { isFailure } from "./languages/language.ts";
export { syntaxOf } from "./languages/syntax.ts";
export type { SyntaxNode, SyntaxTree } from "./languages/tree-sitter/syntax.ts";
export { listed, type Site, type Step, type Way } from "./outcomes/way.ts";
export type { Project } from "./project/project.ts";
export { bodiesOf, boundNames, walkExpr, walkStmts } from "./ir/walk.ts";

/** A scan with all that it was made of: what a fix needs to say what to write, and where. Nothing of it touches the disk again. */
export interface Analysis {
  readonly outcome: ScanOutcome;
  readonly project: Project;
  /** By fingerprint. */
  readonly live: ReadonlyMap<string, LiveFinding>;
  /** Every handler as it was judged: how others of its kind leave their records. */
  readonly handlers: readonly Judged[];
  /** What a line about an outcome says with the names of a place. */
  readonly saying: Saying;
  /** What new lines in a file call the event and its details. */
  readonly spelling: SpellingOf;
  /** Loggers that a line there may be written with, the best first; `held`: in scope there as it is. */
  readonly pens: (room: Room) => readonly (Pen & { readonly held: boolean })[];
  /** The log lines of a file, as the rules about what is written see them. */
  readonly lines: (file: FileIR) => readonly LogLine[];
  /** Where the value of an expression comes from. */
  readonly trace: Trace;
  /** Every file that is parsed by now. */
  readonly files: () => readonly FileIR[];
  /** The same scan where some files have other texts. */
  readonly withTexts: (texts: ReadonlyMap<string, string>) => Promise<Analysis>;
}

export const isGap = (live: LiveFinding): live is GapFound => "silent" in live;

/** Reads a folder and judges its handlers, and keeps what it was made of. */
export async function analysisOf(options: ScanOptions, tell: Tell = () => {}): Promise<Analysis> {
  tell({ step: "discover", done: 0, total: 1 });
  const snapshot = await snapshotOf(options.root, options.config, extensions);
  return analysisOfTree(intoTree(snapshot), options, tell);
}

async function analysisOfTree(tree: Tree, options: ScanOptions, tell: Tell): Promise<Analysis> {
  const project = await openTree(options.root, tree, languages);
  return analysisFrom(project, options.config, analyseProject(project, options, tell), (texts) =>
    analysisOfTree({ ...tree, texts: new Map([...tree.texts, ...texts]) }, options, tell),
  );
}

function analysisFrom(
  project: Project,
  config: Config,
  { outcome, live, judged, pens: facts, spelling }: Analysed,
  withTexts: Analysis["withTexts"],
): Analysis {
  const pensFor = createPens(facts);
  return {
    outcome,
    project,
    live: new Map(live.map((one) => [one.finding.fingerprint, one])),
    handlers: judged,
    saying: createSaying(facts),
    spelling,
    pens: (room) => pensFor(room).map((pen) => ({ ...pen, held: isHeld(pen, room) })),
    lines: createLines(facts.loggersFor, config),
    trace: createTrace(project),
    files: facts.files,
    withTexts,
  };
}
