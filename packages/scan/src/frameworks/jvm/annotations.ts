/** Annotations of the JVM languages: what they are given, and what they are made of. */
import type { ContainerIR, Decorator, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { nameOfDecorator } from "../classes/decorated.ts";
import type { FileView } from "../framework.ts";
import { entryOf, namesOf, stringOf } from "../reading.ts";

/** `com.shop.Users` → `Users`. */
export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** `UserController.delete`, whatever package the class stands in. */
export function memberName(container: ContainerIR, fn: FunctionIR): string {
  return container.name === "" ? fn.name : `${lastOf(container.name)}.${fn.name}`;
}

/** What an annotation says under one of these names; a value without a name is `value`. */
export function givenAs(decorator: Decorator, ...keys: readonly string[]): Expr | undefined {
  for (const arg of decorator.args) {
    if (arg.kind !== "record" && keys.includes("value")) return arg;
    const entry = entryOf(arg, ...keys);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The class that a name stands for in a file: nested, imported, of the same package. Undefined for classes of libraries. */
export function containerOf(view: FileView, file: FileIR, name: string): ContainerIR | undefined {
  const dot = name.indexOf(".");
  const [first, rest] = dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
  const own = file.containers.find((one) => one.name === name || one.name.endsWith(`.${name}`));
  if (own !== undefined) return own;
  const direct = file.imports.find((one) => one.local === first && one.imported === "*");
  if (direct !== undefined) return view.project.container(direct.source + rest);
  for (const one of file.imports) {
    const found = one.local === "*" ? view.project.container(`${one.source}.${name}`) : undefined;
    if (found !== undefined) return found;
  }
  return view.project.container(name);
}

/** Where the class of a name comes from: the full name of its import, else the name. */
export function sourceOfName(file: FileIR, name: string): string {
  return file.imports.find((one) => one.local === name)?.source ?? name;
}

/** Whether a name may be one of a package: imported from there, or with all its names. */
export function isOf(file: FileIR, name: string, source: string): boolean {
  const direct = file.imports.find((one) => one.local === name);
  if (direct !== undefined) return direct.source.startsWith(source);
  return file.imports.some((one) => one.local === "*" && one.source.startsWith(source));
}

/** How deep constants are made of constants, and annotations of annotations. */
const DEEPEST = 4;

/** Text as far as it can be read: constants of this and other classes are put in, other holes become `:name`. */
export function textAt(
  view: FileView,
  file: FileIR,
  container: ContainerIR | undefined,
  expr: Expr | undefined,
  depth = DEEPEST,
): string | undefined {
  if (expr === undefined || depth === 0) return undefined;
  const text = stringOf(expr);
  if (text !== undefined) return text;
  if (expr.kind === "list") return textAt(view, file, container, expr.items[0], depth);
  if (expr.kind === "template")
    return expr.parts
      .map((part) =>
        typeof part === "string" ? part : (textAt(view, file, container, part, depth - 1) ?? `:${namesOf(part).at(-1) ?? "value"}`),
      )
      .join("");
  if (expr.kind === "binary" && expr.op === "+") {
    const [left, right] = [expr.left, expr.right].map((side) => textAt(view, file, container, side, depth - 1));
    return left === undefined || right === undefined ? undefined : left + right;
  }
  const names = namesOf(expr).filter((name, i) => i > 0 || name !== "this");
  const field = names.at(-1);
  if (field === undefined) return undefined;
  const imported = names.length === 1 ? file.imports.find((one) => one.local === field && one.imported === field) : undefined;
  const owner =
    imported !== undefined
      ? view.project.container(imported.source)
      : names.length === 1
        ? around(container, field)
        : containerOf(view, file, names.slice(0, -1).join("."));
  const value = owner?.fields.find((one) => one.name === field)?.value;
  return owner === undefined || value === undefined ? undefined : textAt(view, owner.file, owner, value, depth - 1);
}

function around(container: ContainerIR | undefined, field: string): ContainerIR | undefined {
  for (let at = container; at !== undefined; at = at.parent) if (at.fields.some((one) => one.name === field)) return at;
  return undefined;
}

/** An annotation that is one of `names`, or an annotation of the application's own that is marked with one; with the outer one. */
export function annotationIn(
  view: FileView,
  file: FileIR,
  decorators: readonly Decorator[],
  names: ReadonlySet<string>,
  depth = DEEPEST,
): { readonly own: Decorator; readonly meta: Decorator; readonly file: FileIR } | undefined {
  const direct = decorators.find((one) => names.has(nameOfDecorator(one)));
  if (direct !== undefined) return { own: direct, meta: direct, file };
  if (depth === 0) return undefined;
  for (const own of decorators) {
    if (OF_PLATFORMS.test(sourceOfName(file, own.name))) continue;
    const type = containerOf(view, file, own.name);
    const found = type === undefined ? undefined : annotationIn(view, type.file, type.decorators, names, depth - 1);
    if (found !== undefined) return { own, meta: found.meta, file: found.file };
  }
  return undefined;
}

/** Annotations of these packages are made of nothing in the project. */
const OF_PLATFORMS = /^(?:java|javax|jakarta|kotlin|lombok|org\.springframework|io\.swagger|io\.micronaut|io\.quarkus|com\.fasterxml)\./;
