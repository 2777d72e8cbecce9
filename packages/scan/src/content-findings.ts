import type { Config } from "./config/config.ts";
import { createTrace } from "./content/flow/trace.ts";
import { createLines } from "./content/lines.ts";
import type { Tell } from "./contract.ts";
import type { FileIR } from "./ir/nodes.ts";
import type { Judged } from "./judge/handler.ts";
import { byFile, findingOfIssue } from "./judge/issues.ts";
import type { Logger } from "./loggers/logger.ts";
import type { Project } from "./project/project.ts";
import type { Finding, HandlerReport } from "./report/result.ts";
import { contentRules } from "./rules/content.ts";
import type { ContentRule } from "./rules/scene.ts";

export interface ContentAsk {
  readonly project: Project;
  readonly judged: readonly Judged[];
  /** The reports of `judged`. */
  readonly reports: readonly HandlerReport[];
  readonly config: Config;
  readonly loggersFor: (file: FileIR) => readonly Logger[];
  readonly asked: (path: string) => boolean;
  readonly tell: Tell;
}

/** What the rules say about what is written. Files that only they need are parsed here, and only where their text may hold something. */
export function contentFindings({ project, judged, reports, config, loggersFor, asked, tell }: ContentAsk): Finding[] {
  const rules = contentRules.filter((rule) => config.rules[rule.id] !== "off");
  const filesOf = filesFor(project, rules, asked, tell);
  const shared = { project, config, judged, loggersFor, lines: createLines(loggersFor, config), trace: createTrace(project) };
  const handlersOf = byFile(reports);
  return rules.flatMap((rule) =>
    rule.check({ ...shared, files: filesOf.get(rule) ?? [] }).map((issue) => findingOfIssue(rule, issue, handlersOf(issue.file))),
  );
}

/** By rule, the files whose text may hold something for it. */
function filesFor(
  project: Project,
  rules: readonly ContentRule[],
  asked: (path: string) => boolean,
  tell: Tell,
): ReadonlyMap<ContentRule, readonly FileIR[]> {
  const files = new Map<ContentRule, FileIR[]>(rules.map((rule) => [rule, []]));
  const paths = project.paths.filter(asked);
  for (const [i, path] of paths.entries()) {
    const text = project.texts.get(path)!;
    const mine = rules.filter(({ mayHold }) => mayHold !== null && mayHold.test(text));
    if (mine.length === 0) continue;
    tell({ step: "judge", done: i, total: paths.length, file: path });
    const file = project.file(path);
    if (file !== undefined) for (const rule of mine) files.get(rule)!.push(file);
  }
  return files;
}
