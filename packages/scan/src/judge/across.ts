import type { Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { declaredValue } from "../ir/scope.ts";
import { originIn } from "../loggers/origin.ts";
import { namesOf } from "../loggers/call-view.ts";

/** The file that an import source means; undefined for packages. */
export type OpenFile = (from: FileIR, source: string) => FileIR | undefined;

/** `export … from` and factories that lead on; more is a circle or no logger. */
const DEEPEST = 5;

/** As `originIn`, and through the project's own modules: a logger that another file makes has the origin that it has there. */
export function originAcross(file: FileIR, scope: FunctionIR | null, open: OpenFile): (name: string) => string {
  return (name) => {
    const origin = originIn(file, scope)(name);
    const imported = file.imports.find((one) => one.local === name) ?? file.imports.find((one) => one.source === origin);
    return imported === undefined ? origin : (follow(file, imported.source, imported.imported, open, DEEPEST) ?? origin);
  };
}

function follow(from: FileIR, source: string, name: string, open: OpenFile, depth: number): string | undefined {
  const file = depth === 0 ? undefined : open(from, source);
  if (file === undefined) return undefined;
  const one = file.exports.find(({ exported }) => exported === name);
  if (one?.source !== undefined) return follow(file, one.source, one.local ?? name, open, depth - 1) ?? one.source;
  const local = one?.local ?? name;
  const written =
    (one?.value === undefined ? "" : originOfValue(file, one.value)) || ofMethods(file, local) || originIn(file, null)(local) || local;
  const origin = made(file, written.split(".")[0]!) || (written === local ? "" : written);
  const next = file.imports.find((each) => each.local === local || each.source === origin);
  if (next !== undefined) return follow(file, next.source, next.imported, open, depth - 1) ?? next.source;
  if (origin !== "") return origin;
  const all = file.exports.filter(({ exported, source: rest }) => exported === "*" && rest !== undefined);
  return all.map((each) => follow(file, each.source!, name, open, depth - 1)).find((found) => found !== undefined);
}

function originOfValue(file: FileIR, value: Expr): string {
  const [root] = namesOf(value);
  return root === undefined ? "" : originIn(file, null)(root);
}

/** `const logger = { info: base.info.bind(base) }` writes as `base` does. */
function ofMethods(file: FileIR, name: string): string {
  let value = declaredValue(file, null, name)?.value;
  for (let depth = 0; value?.kind === "name" && depth < DEEPEST; depth++) value = declaredValue(file, null, value.name)?.value;
  const info = value?.kind === "record" ? value.entries.find(({ key }) => key === "info")?.value : undefined;
  return info === undefined || info.kind === "function" ? "" : originOfValue(file, info);
}

/** What a factory of this name returns: `const createLogger = (name) => pino({ name })`. */
function made(file: FileIR, name: string): string {
  const factory = file.functions.find((fn) => fn.name === name && fn.parent === undefined && fn.container === undefined);
  const last = factory?.body.at(-1);
  if (factory === undefined || last?.kind !== "return" || last.value === null) return "";
  const [root] = namesOf(last.value);
  return root === undefined ? "" : originIn(file, factory)(root);
}
