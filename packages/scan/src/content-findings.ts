import type { Config } from "./config/config.ts";
import { createTrace } from "./content/flow/trace.ts";
import { LINE_SIGN } from "./content/line-sign.ts";
import type { Tell } from "./contract.ts";
import type { Framework, HandlerFound } from "./frameworks/framework.ts";
import { frameworks } from "./frameworks/index.ts";
import { createSwitch } from "./handlers/enabled.ts";
import type { FileIR } from "./ir/nodes.ts";
import type { Judged } from "./judge/handler.ts";
import { byFile, findingOfIssue } from "./judge/issues.ts";
import type { SpellingOf } from "./judge/spelling/spelling.ts";
import type { Logger } from "./loggers/logger.ts";
import type { Project } from "./project/project.ts";
import type { Finding, HandlerReport } from "./report/result.ts";
import { contentRules } from "./rules/content.ts";
import type { ContentRule, Issue, Scene } from "./rules/scene.ts";

export interface ContentAsk {
  readonly project: Project;
  readonly judged: readonly Judged[];
  readonly errorHandlers: readonly HandlerFound[];
  /** The reports of `judged`. */
  readonly reports: readonly HandlerReport[];
  readonly config: Config;
  readonly loggersFor: (file: FileIR) => readonly Logger[];
  readonly lines: Scene["lines"];
  readonly setupOf: Scene["setupOf"];
  readonly spelling: SpellingOf;
  readonly asked: (path: string) => boolean;
  readonly tell: Tell;
}

/** A finding about what is written, with what its rule reported. */
export interface IssueFound {
  readonly finding: Finding;
  readonly issue: Issue;
}

/** What the rules say about what is written. Files that only they need are parsed here, and only where their text may hold something. */
export function contentFindings(ask: ContentAsk): IssueFound[] {
  const { project, judged, errorHandlers, reports, config, loggersFor, lines, setupOf, spelling, asked, tell } = ask;
  const rules = contentRules.filter((rule) => config.rules[rule.id] !== "off");
  const filesOf = filesFor(project, rules, signOf(config), asked, tell);
  const shared = {
    project,
    config,
    judged,
    errorHandlers,
    frameworksFor: createFrameworksFor(project),
    loggersFor,
    lines,
    trace: createTrace(project),
    setupOf,
    spelling,
  };
  const handlersOf = byFile(reports);
  return rules.flatMap((rule) =>
    rule
      .check({ ...shared, files: filesOf.get(rule) ?? [] })
      .map((issue) => ({ finding: findingOfIssue(rule, issue, handlersOf(issue.file)), issue })),
  );
}

/** The frameworks that are switched on for a file. */
function createFrameworksFor(project: Project): (file: FileIR) => readonly Framework[] {
  const isEnabled = createSwitch(project);
  const memo = new WeakMap<FileIR, readonly Framework[]>();
  return (file) => {
    let mine = memo.get(file);
    if (mine === undefined) {
      mine = frameworks.filter((one) => one.languages.includes(file.language) && isEnabled(one, file.path, file.text));
      memo.set(file, mine);
    }
    return mine;
  };
}

/** Whether a text may hold a log line: by how loggers are called, or by what telltale.yaml calls one. */
function signOf({ loggers, audit }: Config): (text: string) => boolean {
  const own = [...loggers.map(({ name }) => name), ...audit].map((name) => name.slice(name.lastIndexOf(".") + 1));
  return (text) => LINE_SIGN.test(text) || own.some((name) => text.includes(name));
}

/** By rule, the files whose text may hold something for it. */
function filesFor(
  project: Project,
  rules: readonly ContentRule[],
  hasLine: (text: string) => boolean,
  asked: (path: string) => boolean,
  tell: Tell,
): ReadonlyMap<ContentRule, readonly FileIR[]> {
  const files = new Map<ContentRule, FileIR[]>(rules.map((rule) => [rule, []]));
  const paths = project.paths.filter(asked);
  for (const [i, path] of paths.entries()) {
    const text = project.texts.get(path)!;
    const held = rules.filter(({ mayHold }) => mayHold !== null && mayHold.test(text));
    const mine = held.some(({ readsLines }) => readsLines) && !hasLine(text) ? held.filter(({ readsLines }) => !readsLines) : held;
    if (mine.length === 0) continue;
    tell({ step: "judge", done: i, total: paths.length, file: path });
    const file = project.file(path);
    if (file !== undefined) for (const rule of mine) files.get(rule)!.push(file);
  }
  return files;
}
