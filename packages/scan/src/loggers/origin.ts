import type { Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { declaredType, declaredValue } from "../ir/scope.ts";
import { namesOf } from "./call-view.ts";

/** `const a = b; const b = a` must end. */
const DEEPEST = 6;

/**
 * Where the names of one file come from, as `callView` asks: the import source of a name, of the factory or
 * constructor that made it, or the name of its type. `this.name` asks for a field. "" where nothing is known.
 */
export function originIn(file: FileIR, scope: FunctionIR | null): (name: string) => string {
  return (name) => originOfName(file, scope, name, DEEPEST);
}

function originOfName(file: FileIR, scope: FunctionIR | null, name: string, depth: number): string {
  if (depth === 0) return "";
  if (name.startsWith("this.")) return originOfField(file, scope, name.slice(5), depth);
  const type = declaredType(file, scope, name)?.name;
  const declared = declaredValue(file, scope, name);
  const value = declared === undefined ? "" : originOfValue(file, declared.scope, declared.value, depth - 1);
  return (type === undefined ? undefined : typeSource(file, scope, type)) ?? (value || type || importSource(file, scope, name) || "");
}

function originOfValue(file: FileIR, scope: FunctionIR | null, value: Expr, depth: number): string {
  const required = requireSource(value);
  if (required !== undefined) return required;
  const names = namesOf(value);
  const [root] = names;
  if (root === undefined) return "";
  const origin = originOfName(file, scope, root === "this" ? `this.${names[1] ?? ""}` : root, depth);
  return origin === "" && root !== "this" ? names.join(".") : origin;
}

/** `require("pino")`, and `require("pino")()` as well. */
function requireSource(value: Expr): string | undefined {
  if (value.kind === "member") return requireSource(value.object);
  if (value.kind !== "call") return undefined;
  const [source] = value.args;
  const called = value.callee.kind === "name" && value.callee.name === "require";
  if (called && source?.kind === "literal" && typeof source.value === "string") return source.value;
  return requireSource(value.callee);
}

function originOfField(file: FileIR, scope: FunctionIR | null, name: string, depth: number): string {
  const container = scope?.container;
  if (container === undefined || container.file !== file) return "";
  // Methods may stand outside their type (Go): the fields are where the file declares it.
  const parts = file.containers.filter((one) => one.name === container.name);
  const field = parts.flatMap((one) => one.fields).find((one) => one.name === name);
  const constructor = container.functions.find((fn) => fn.role === "constructor");
  const param = constructor?.params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === name);
  const type = (field?.type ?? (param?.pattern.kind === "bind" ? param.pattern.type : undefined))?.name;
  const value = field?.value === undefined ? "" : originOfValue(file, null, field.value, depth - 1);
  return (type === undefined ? undefined : typeSource(file, scope, type)) ?? (value || type || "");
}

/** The source that a type is imported from; it says more than what made the value. */
function typeSource(file: FileIR, scope: FunctionIR | null, type: string): string | undefined {
  return importSource(file, scope, type.split(".")[0]!);
}

/** Imports of the containers around come before those of the file. */
function importSource(file: FileIR, scope: FunctionIR | null, name: string): string | undefined {
  for (let container = scope?.container; container !== undefined; container = container.parent) {
    const found = container.imports.find((one) => one.local === name);
    if (found !== undefined) return found.source;
  }
  return file.imports.find((one) => one.local === name)?.source;
}
