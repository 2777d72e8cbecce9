import type { FileIR, FunctionIR, Pattern, Stmt } from "../ir/nodes.ts";
import { boundNames, forEachLet } from "../ir/walk.ts";

/** A handler's function with its file, as a line that is added there sees names. */
export interface Room {
  readonly file: FileIR;
  readonly fn: FunctionIR | undefined;
  /** Where the line would stand: the handler's own names count from where they are bound. Absent: the end of the function. */
  readonly before?: number;
  /** The line stands in the innermost block around `before`, and sees the names that the blocks around it bind. */
  readonly inner?: true;
}

/** Whether a line in the handler may use the name: parameters, what is bound around the handler, imports, the top level. */
export function isInScope(name: string, { file, fn, before, inner }: Room): boolean {
  for (let at = fn; at !== undefined; at = at.parent) {
    if (paramNames(at).includes(name)) return true;
    if (letNames(at.body, at === fn ? before : undefined).includes(name)) return true;
    if (inner && before !== undefined && innerNames(at.body, before).includes(name)) return true;
  }
  const containers = fn?.container === undefined ? [] : [fn.container];
  if ([file, ...containers].some((one) => one.imports.some((each) => each.local === name && each.typeOnly !== true))) return true;
  return letNames(file.body, undefined).includes(name);
}

export function paramNames(fn: FunctionIR): readonly string[] {
  return fn.params.flatMap((param) => boundNames(param.pattern));
}

/** Names bound by the outermost statements of a body; those of inner blocks may not hold where the line stands. */
function letNames(body: FileIR["body"], before: number | undefined): readonly string[] {
  return body.flatMap((stmt) => (stmt.kind === "let" && (before === undefined || stmt.end <= before) ? boundNames(stmt.target) : []));
}

/** Names bound before an offset in the blocks that hold it, those of the outermost list excluded. */
function innerNames(body: readonly Stmt[], before: number): readonly string[] {
  const around = body.find((stmt) => stmt.start < before && before <= stmt.end);
  if (around === undefined) return [];
  return blocksOf(around)
    .filter(({ at }) => at.some((stmt) => stmt.start <= before && before <= stmt.end) || at.at(-1)?.end === before)
    .flatMap(({ at, binds }) => [...binds.flatMap(boundNames), ...letNames(at, before), ...innerNames(at, before)]);
}

/** The lists of statements in a statement, with what is bound for each of them. */
function blocksOf(stmt: Stmt): readonly { readonly at: readonly Stmt[]; readonly binds: readonly Pattern[] }[] {
  const plain = (at: readonly Stmt[]) => ({ at, binds: [] as readonly Pattern[] });
  switch (stmt.kind) {
    case "if":
      return [plain(stmt.then), plain(stmt.otherwise)];
    case "match":
      return stmt.arms.map((arm) => ({ at: arm.body, binds: arm.patterns }));
    case "loop":
      return [{ at: stmt.body, binds: stmt.target === undefined ? [] : [stmt.target] }];
    case "try":
      return [
        plain(stmt.body),
        ...stmt.catches.map((one) => ({ at: one.body, binds: one.param === undefined ? [] : [one.param] })),
        plain(stmt.otherwise ?? []),
        plain(stmt.finally ?? []),
      ];
    case "blockStmt":
      return [plain(stmt.body)];
    case "jump":
      return [];
    default:
      return stmt.value?.kind === "block" ? [plain(stmt.value.body)] : [];
  }
}

/** Names given by `const { id } = value` and the like to what stands under `key` of a text. */
export function boundUnder(pattern: Pattern, keys: RegExp): string | undefined {
  if (pattern.kind === "bind") return pattern.also === undefined ? undefined : boundUnder(pattern.also, keys);
  if (pattern.kind !== "recordPattern") return undefined;
  for (const entry of pattern.entries) {
    if (entry.key !== null && keys.test(entry.key) && entry.pattern.kind === "bind") return entry.pattern.name;
  }
  return entriesIn(pattern.entries, keys);
}

function entriesIn(entries: readonly { readonly pattern: Pattern }[], keys: RegExp): string | undefined {
  for (const { pattern } of entries) {
    const name = boundUnder(pattern, keys);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The value that a name is bound from, where the handler's own statements say so. */
export function boundFrom(fn: FunctionIR, keys: RegExp, from: RegExp): string | undefined {
  let found: string | undefined;
  forEachLet(fn.body, (target, value) => {
    if (value === null || found !== undefined) return;
    if (from.test(fn.file.text.slice(value.start, value.end))) found = boundUnder(target, keys);
  });
  return found;
}
