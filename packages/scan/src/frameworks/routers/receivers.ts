import type { CallExpr, Expr, FileIR, FunctionIR, MemberExpr, TypeRef } from "../../ir/nodes.ts";
import { declaredType, declaredValue } from "../../ir/scope.ts";
import type { FileView } from "../framework.ts";
import { bare, dotted, namesOf, receiverOf } from "../reading.ts";
import type { RouterFamily } from "./family.ts";

/** Is an expression an app or router of the family? `unknown` where nothing in reach says so. */
export type Belief = "router" | "other" | "unknown";

/** How far names are followed: aliases, re-exports and factories seldom nest deeper. */
const MAX_STEPS = 6;

/** Methods that give back the router they were called on, or one of its kind. */
const GIVES_ROUTER =
  /^(?:route|use|basePath|prefix|register|group|withTypeProvider|openapi|get|post|put|patch|delete|all|on|head|options|routes|scope)$/;

/** What is known of the object that a route is registered on. */
export function beliefOf(expr: Expr, view: FileView, scope: FunctionIR | null, family: RouterFamily): Belief {
  return ask({ view, family }, expr, view.file, scope, MAX_STEPS);
}

interface Question {
  readonly view: FileView;
  readonly family: RouterFamily;
}

function ask(question: Question, expr: Expr, file: FileIR, scope: FunctionIR | null, steps: number): Belief {
  if (steps === 0) return "unknown";
  const at = bare(expr);
  if (at.kind === "name") return ofName(question, at.name, file, scope, steps);
  if (at.kind === "member") return ofMember(question, at, file, scope, steps);
  if (at.kind === "call") return ofCall(question, at, file, scope, steps);
  if (at.kind === "logical") return ask(question, at.left, file, scope, steps - 1);
  return "other";
}

function ofName(question: Question, name: string, file: FileIR, scope: FunctionIR | null, steps: number): Belief {
  const type = declaredType(file, scope, name);
  if (type !== undefined) return ofType(question.family, type);
  const declared = declaredValue(file, scope, name);
  if (declared !== undefined) return ask(question, declared.value, file, declared.scope, steps - 1);
  return ofImport(question, name, file, steps) ?? "unknown";
}

function ofType(family: RouterFamily, type: TypeRef): Belief {
  if (family.types.test(type.name)) return "router";
  // `ReturnType<typeof express>`
  const made = type.name === "ReturnType" ? type.args?.[0]?.args?.[0]?.name : undefined;
  if (made !== undefined && family.makers.test(made)) return "router";
  // A type of the application's own may wrap one; a well-known client never does.
  return /^(?:any|unknown|ReturnType|Awaited)$|(?:App|Application|Router|Server)$/.test(type.name) ? "unknown" : "other";
}

function ofImport(question: Question, name: string, file: FileIR, steps: number): Belief | undefined {
  const found = file.imports.find((one) => one.local === name);
  if (found === undefined) return undefined;
  const target = question.view.project.open(file, found.source);
  if (target === undefined) return found.source.startsWith(".") ? "unknown" : "other";
  const wanted = found.imported === "*" ? "default" : found.imported;
  const exported = target.exports.find((one) => one.exported === wanted);
  if (exported?.value !== undefined) return ask(question, exported.value, target, null, steps - 1);
  return exported?.local === undefined ? "unknown" : ofName(question, exported.local, target, null, steps - 1);
}

function ofCall(question: Question, call: CallExpr, file: FileIR, scope: FunctionIR | null, steps: number): Belief {
  const callee = dotted(call.callee);
  if (question.family.makers.test(callee)) return "router";
  if (call.creates === true) return /(?:App|Application|Router|Server|Routes)$/.test(callee) ? "unknown" : "other";
  const receiver = receiverOf(call);
  if (receiver !== undefined) {
    const method = namesOf(call.callee).at(-1) ?? "";
    return GIVES_ROUTER.test(method) ? ask(question, receiver, file, scope, steps - 1) : ofResult(question, receiver, file, scope, steps);
  }
  return call.callee.kind === "name" ? ofFactory(question, call.callee.name, file, scope) : "other";
}

/** `axios.create()` is no router, `serverFactory.build()` may be one. */
function ofResult(question: Question, receiver: Expr, file: FileIR, scope: FunctionIR | null, steps: number): Belief {
  return ask(question, receiver, file, scope, steps - 1) === "other" ? "other" : "unknown";
}

/** A function of the project may make a router; one of a package (`request(app)`, `ky()`) does not. */
function ofFactory(question: Question, name: string, file: FileIR, scope: FunctionIR | null): Belief {
  const declared = declaredValue(file, scope, name);
  if (declared !== undefined) return "unknown";
  const found = file.imports.find((one) => one.local === name);
  if (found === undefined) return "unknown";
  return found.source.startsWith(".") || question.view.project.open(file, found.source) !== undefined ? "unknown" : "other";
}

function ofMember(question: Question, member: MemberExpr, file: FileIR, scope: FunctionIR | null, steps: number): Belief {
  const [root, property, ...deeper] = namesOf(member);
  if (root !== "this" || property === undefined || deeper.length > 0 || file !== question.view.file) return "unknown";
  const type = question.view.typeOf(property, scope);
  if (type !== undefined) return ofType(question.family, type);
  const field = scope?.container?.fields.find((one) => one.name === property);
  if (field?.value !== undefined) return ask(question, field.value, file, scope, steps - 1);
  const assigned = question.view.assigns.find(
    (one) =>
      one.container === (scope?.container ?? null) &&
      one.assign.target.kind === "member" &&
      dotted(one.assign.target) === `this.${property}`,
  );
  return assigned === undefined ? "unknown" : ask(question, assigned.assign.value, file, assigned.scope, steps - 1);
}
