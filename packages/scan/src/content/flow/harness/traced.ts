/** Programs in memory, and what the trace says of the arguments of their calls of `sink`. */
import type { Expr, FileIR, FunctionIR } from "../../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../../ir/walk.ts";
import { languages } from "../../../languages/index.ts";
import type { Language } from "../../../languages/language.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import { createProject, type Project } from "../../../project/project.ts";
import type { Origin } from "../origin.ts";
import { createTrace } from "../trace.ts";

const known: readonly Language[] = languages;

/** Loads every grammar; call it once before the others. */
export async function loadLanguages(): Promise<void> {
  await Promise.all(known.map((language) => language.load?.()));
}

export function projectOf(texts: Readonly<Record<string, string>>): Project {
  return createProject("/", { texts: new Map(Object.entries(texts)), manifests: [], notAnalysed: [] }, languages);
}

/** The origins of the arguments of every call of `sink`, file after file. */
export function tracedIn(texts: Readonly<Record<string, string>>): readonly Origin[] {
  const project = projectOf(texts);
  const files = project.paths.flatMap((path) => project.file(path) ?? []);
  const trace = createTrace(project);
  return files.flatMap((file) => sinks(file).flatMap(({ args, fn }) => args.flatMap((arg) => trace(arg, { file, fn }))));
}

function sinks(file: FileIR) {
  const found: { readonly args: readonly Expr[]; readonly fn: FunctionIR | null }[] = [];
  for (const { body, scope } of bodiesOf(file))
    walkStmts(body, (expr) => {
      if (expr.kind === "call" && namesOf(expr.callee).at(-1) === "sink") found.push({ args: expr.args, fn: scope });
    });
  return found;
}

/** `kind path names [keys] (through)`, for people and tests. */
export function told(origin: Origin): string {
  const { kind, path, names, keys, through, spliced, without } = origin;
  return [
    kind === "literal" ? "literal" : `${kind} ${path}`,
    names.length > 0 && names.join(",") !== path ? `as ${names.join(",")}` : "",
    keys.length > 0 ? `at ${keys.join(".")}` : "",
    through.length > 0 ? `through ${through.join(",")}` : "",
    spliced ? "spliced" : "",
    without.length > 0 ? `without ${without.join(",")}` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
