/** Follows names to the values they stand for, into other files where they are imported. */
import type { Expr, ExportIR, FileIR, FunctionIR, LetStmt, Pattern, Span } from "../../ir/nodes.ts";
import { declaredValue } from "../../ir/scope.ts";
import { boundNames } from "../../ir/walk.ts";
import type { HandlerFound, ProjectFacts } from "../framework.ts";
import { bare, entryOf } from "../reading.ts";

/** An expression and where its names are looked up. */
export interface Placed {
  readonly expr: Expr;
  readonly file: FileIR;
  readonly scope: FunctionIR | null;
}

/** A value under its exported name. `at` is a place in `file`: the declaration where there is one, else the export. */
export interface Exported extends Placed {
  readonly name: string;
  readonly at: Span;
  /** The name it has in its own file, where it has one. */
  readonly local?: string;
}

/** Enough for barrels of barrels; a bound, because imports may run in circles. */
const HOPS = 8;

/** What a handler found as a value runs. */
export function entryAt(placed: Placed): HandlerFound["entry"] {
  const expr = bare(placed.expr);
  return expr.kind === "function" ? { fn: expr.fn } : { expr, scope: placed.scope };
}

/**
 * The value behind a name, `object.key` or `namespace.name`; what was given, where it cannot be followed (packages,
 * parameters, calls).
 */
export function follow(placed: Placed, project: ProjectFacts, hops = HOPS): Placed {
  const expr = bare(placed.expr);
  const next = hops === 0 ? undefined : step({ ...placed, expr }, project, hops - 1);
  return next === undefined ? { ...placed, expr } : follow(next, project, hops - 1);
}

function step({ expr, file, scope }: Placed, project: ProjectFacts, hops: number): Placed | undefined {
  if (expr.kind === "name") {
    const declared = declaredValue(file, scope, expr.name);
    if (declared !== undefined) return { expr: declared.value, file, scope: declared.scope };
    return importedValue(file, expr.name, project, hops);
  }
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const property = expr.property;
  const fromModule = expr.object.kind === "name" ? moduleOf(file, expr.object.name, project) : undefined;
  if (fromModule !== undefined) return exportedAs(fromModule, property, project, hops);
  const object = follow({ expr: expr.object, file, scope }, project, hops);
  const value = entryOf(object.expr, property);
  return value === undefined ? undefined : { ...object, expr: value };
}

function moduleOf(file: FileIR, local: string, project: ProjectFacts): FileIR | undefined {
  const found = file.imports.find((one) => one.local === local);
  if (found === undefined) return undefined;
  if (found.imported === "*") return project.open(file, found.source);
  // `from app import views` may mean a module: there sources are dotted names.
  return found.source.includes("/")
    ? undefined
    : project.open(file, found.source + (found.source.endsWith(".") ? "" : ".") + found.imported);
}

function importedValue(file: FileIR, local: string, project: ProjectFacts, hops: number): Exported | undefined {
  const found = file.imports.find((one) => one.local === local && one.imported !== "*" && !one.typeOnly);
  const target = found === undefined ? undefined : project.open(file, found.source);
  return found === undefined || target === undefined ? undefined : exportedAs(target, found.imported, project, hops);
}

/**
 * The value that a file exports under a name, through re-exports; it comes with the file that declares it. A re-export that cannot
 * be followed is the bare name. Undefined where the file exports no such name.
 */
export function exportedAs(file: FileIR, name: string, project: ProjectFacts, hops = HOPS): Exported | undefined {
  const direct = file.exports.find((one) => one.exported === name && one.exported !== "*");
  if (direct !== undefined) return throughImports(direct, file, project, hops) ?? own(file, direct);
  if (hops === 0 || name === "default") return undefined;
  for (const one of file.exports) {
    const target = one.exported === "*" && one.source !== undefined ? project.open(file, one.source) : undefined;
    const found = target === undefined ? undefined : exportedAs(target, name, project, hops - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `export { a as b } from "m"`, and `import { a } from "m"; export { a as b }`. */
function throughImports(one: ExportIR, file: FileIR, project: ProjectFacts, hops: number): Exported | undefined {
  if (hops === 0) return undefined;
  const { exported: name, source } = one;
  const local = localOf(one);
  const target = source === undefined ? undefined : project.open(file, source);
  if (target !== undefined) return renamed(exportedAs(target, local ?? name, project, hops - 1), name);
  if (local === undefined || source !== undefined) return undefined;
  return renamed(importedValue(file, local, project, hops - 1), name);
}

function renamed(found: Exported | undefined, name: string): Exported | undefined {
  return found === undefined ? undefined : { ...found, name };
}

/** What a file exports of its own: nothing that it re-exports. */
export function ownExports(file: FileIR): readonly Exported[] {
  return file.exports.filter((one) => one.source === undefined && !isImported(file, localOf(one))).map((one) => own(file, one));
}

function isImported(file: FileIR, local: string | undefined): boolean {
  return file.imports.some((one) => one.local === local);
}

function localOf(one: ExportIR): string | undefined {
  return one.local ?? (one.value?.kind === "name" ? one.value.name : undefined);
}

function own(file: FileIR, one: ExportIR): Exported {
  const at = { start: one.start, end: one.end };
  const local = localOf(one);
  const found = { name: one.exported, file, scope: null, ...(local === undefined ? {} : { local }) };
  const declared = local === undefined ? undefined : declarationOf(file, local);
  if (declared === undefined) return { ...found, expr: one.value ?? { kind: "name", name: local ?? one.exported, ...at }, at };
  const { start, end } = declared.statement;
  const encloses = at.start <= start && at.end >= end;
  return { ...found, expr: declared.expr, at: encloses ? at : { start, end } };
}

/** The top-level statement that declares a name, and the value that it gives it: `const { GET } = handlers` is `handlers.GET`. */
function declarationOf(file: FileIR, name: string): { readonly expr: Expr; readonly statement: LetStmt } | undefined {
  for (const statement of file.body) {
    if (statement.kind !== "let" || statement.value === null) continue;
    if (!boundNames(statement.target).includes(name)) continue;
    const expr = part(statement.target, name, statement.value);
    if (expr !== undefined) return { expr, statement };
  }
  return undefined;
}

function part(target: Pattern, name: string, value: Expr): Expr | undefined {
  if (target.kind === "bind") return target.name === name ? value : undefined;
  if (target.kind !== "recordPattern") return undefined;
  const entry = target.entries.find((one) => boundNames(one.pattern).includes(name));
  if (entry?.key == null) return undefined;
  const { start, end } = value;
  return part(entry.pattern, name, { kind: "member", object: value, property: entry.key, start, end });
}
