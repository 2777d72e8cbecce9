import type { Expr, MemberExpr } from "../../ir/nodes.ts";
import { callAt, memberAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsOf } from "./arguments.ts";
import { constantName } from "./constants.ts";
import type { Lowering } from "./lowering.ts";
import { BLOCK, isLocal, ownCall, ownCallee, textOf } from "./lowering.ts";

/** Questions whose answer is whether something is there. https://api.rubyonrails.org/classes/Object.html */
const ABSENCE: Readonly<Record<string, "==" | "!=">> = { "nil?": "==", "blank?": "==", "present?": "!=" };
const TYPE_TESTS: ReadonlySet<string> = new Set(["is_a?", "kind_of?", "instance_of?"]);
const SENDS: ReadonlySet<string> = new Set(["send", "public_send", "__send__", "try", "try!"]);
/** https://api.rubyonrails.org/classes/ActiveJob/Enqueuing/ClassMethods.html, https://github.com/sidekiq/sidekiq/wiki/Getting-Started */
const ENQUEUES: ReadonlySet<string> = new Set(["perform_later", "perform_now", "perform_async", "perform_in", "perform_at"]);

/** What gives false where a row is not valid. https://api.rubyonrails.org/classes/ActiveRecord/Persistence.html */
const DECLINES: ReadonlySet<string> = new Set([
  "save",
  "update",
  "destroy",
  "update_attributes",
  "update_attribute",
  "update_with_password",
  "destroy_with_password",
]);

/** A call whose value nobody wants: whether it declined is not asked. */
export function unasked(call: Expr): Expr {
  if (call.kind !== "call" || !call.declines) return call;
  const { declines: _, ...rest } = call;
  return rest;
}

/** Any call as an expression; what a block makes of it as a statement is in `blocks`. */
export function lowerCall(lo: Lowering, node: SyntaxNode, withoutBlock = false): Expr {
  const call = lowerAnyCall(lo, node, withoutBlock);
  const isGivenBlock = call.kind === "call" && lo.inMethod && !withoutBlock && fieldOf(node, "block") !== undefined;
  return isGivenBlock ? { ...call, runs: true } : call;
}

function lowerAnyCall(lo: Lowering, node: SyntaxNode, withoutBlock: boolean): Expr {
  const receiver = fieldOf(node, "receiver");
  const method = fieldOf(node, "method");
  if (node.type === "identifier") return lowerIdentifier(lo, node);
  if (method?.type === "super") return lowerSuper(lo, node, argsAndBlock(lo, node, withoutBlock));
  if (receiver === undefined) return lowerOwnCall(lo, node, method, withoutBlock);
  if (method?.type === "identifier" || method?.type === "constant" || method === undefined) {
    const name = method === undefined ? "call" : textOf(lo, method);
    return lowerMethodCall(lo, node, receiver, name, withoutBlock);
  }
  return callAt(
    node,
    memberAt({ start: receiver.start, end: method.end }, lo.expr(receiver), textOf(lo, method)),
    argsAndBlock(lo, node, withoutBlock),
  );
}

function argsAndBlock(lo: Lowering, node: SyntaxNode, withoutBlock: boolean): readonly Expr[] {
  const args = argsOf(lo, node);
  const block = fieldOf(node, "block");
  return block === undefined || withoutBlock ? args : [...args, lo.block(block)];
}

/** A name without arguments: a local variable, or a call. */
function lowerIdentifier(lo: Lowering, node: SyntaxNode): Expr {
  const name = textOf(lo, node);
  if (isLocal(lo, name)) return nameAt(node, name);
  if (name === "block_given?") return opaqueAt(node, []);
  return ownCall(lo, node, name, []);
}

function lowerOwnCall(lo: Lowering, node: SyntaxNode, method: SyntaxNode | undefined, withoutBlock: boolean): Expr {
  if (method === undefined) return opaqueAt(node, argsAndBlock(lo, node, withoutBlock));
  const name = textOf(lo, method);
  const block = fieldOf(node, "block");
  if ((name === "lambda" || name === "proc") && block !== undefined) return lo.block(block);
  const inlined = withoutBlock || block === undefined ? undefined : lo.blockCall(node);
  if (inlined !== undefined) return inlined;
  const args = argsAndBlock(lo, node, withoutBlock);
  // A class method that makes an object of its own class.
  if (name === "new" && lo.class !== undefined && lo.inMethod) return callAt(node, nameAt(method, "this"), args, true);
  return callAt(node, ownCallee(lo, method, name), args);
}

function lowerMethodCall(lo: Lowering, node: SyntaxNode, receiver: SyntaxNode, name: string, withoutBlock: boolean): Expr {
  const block = fieldOf(node, "block");
  const inlined = withoutBlock || block === undefined ? undefined : lo.blockCall(node);
  if (inlined !== undefined) return inlined;
  const { start, end } = node;
  const operator = ABSENCE[name];
  const at = { start: receiver.start, end: fieldOf(node, "method")?.end ?? receiver.end };
  if (operator !== undefined && fieldOf(node, "arguments") === undefined)
    return { kind: "binary", start, end, op: operator, left: lo.expr(receiver), right: nilAt({ start: end, end }) };
  const args = argsAndBlock(lo, node, withoutBlock);
  const optional = node.op === "&.";
  if (TYPE_TESTS.has(name) && args[0] !== undefined)
    return { kind: "binary", start, end, op: "is", left: lo.expr(receiver), right: args[0] };
  if (name === "new" && (constantName(lo, receiver) !== undefined || receiver.type === "self"))
    return callAt(node, lo.expr(receiver), args, true);
  const enqueued = ENQUEUES.has(name) ? enqueuedBy(lo, receiver) : undefined;
  if (enqueued !== undefined) {
    const perform = memberAt({ start: at.start, end: enqueued.end }, enqueued, "perform");
    return callAt(node, name === "perform_now" ? perform : memberAt(at, perform, name), args);
  }
  if (SENDS.has(name)) return sent(lo, node, receiver, args, optional || name.startsWith("try"));
  const member: Expr = { kind: "member", ...at, object: lo.expr(receiver), property: name, ...(optional && { optional }) };
  return { ...callAt(node, member, args), ...(optional && { optional }), ...(DECLINES.has(name) && { declines: true }) };
}

/** `Job.set(wait: 1).perform_later(x)`: a worker makes the job and lets it perform. */
function enqueuedBy(lo: Lowering, node: SyntaxNode): Expr | undefined {
  if (constantName(lo, node) !== undefined || node.type === "self") return callAt(node, lo.expr(node), [], true);
  const inner = node.type === "call" ? fieldOf(node, "receiver") : undefined;
  return inner === undefined ? undefined : enqueuedBy(lo, inner);
}

/** `x.send(:name, a)` is `x.name(a)`; a name that is not written is unknown. */
function sent(lo: Lowering, node: SyntaxNode, receiver: SyntaxNode, args: readonly Expr[], optional: boolean): Expr {
  const [name, ...rest] = args;
  const object = lo.expr(receiver);
  const { start, end } = node;
  if (name?.kind === "literal" && typeof name.value === "string")
    return callAt(
      node,
      { kind: "member", start: object.start, end: name.end, object, property: name.value, ...(optional && { optional }) },
      rest,
    );
  if (name === undefined || name.kind === "function")
    return callAt(node, { kind: "member", start: object.start, end: object.end, object, property: "then" }, args);
  return callAt({ start, end }, { kind: "member", start: object.start, end: name.end, object, property: null, index: name }, rest);
}

/** `super` hands on what the method was given; with arguments those. */
export function lowerSuper(lo: Lowering, node: SyntaxNode, args: readonly Expr[] | undefined): Expr {
  const at = { start: node.start, end: node.start + "super".length };
  const { method } = lo.scope;
  const given = args ?? (method?.params ?? []).map((name) => nameAt({ start: at.end, end: at.end }, name));
  const parent = nameAt(at, "super");
  if (method === undefined) return callAt(node, parent, given);
  return callAt(node, method.name === "initialize" ? parent : memberAt(at, parent, method.name), given);
}

/** `yield a` calls the block of the method. */
export function lowerYield(lo: Lowering, node: SyntaxNode): Expr {
  const args = node.children.flatMap((child) =>
    child.type === "argument_list" ? argsOf(lo, { ...node, children: [{ ...child, field: "arguments" }] }) : [lo.expr(child)],
  );
  for (let scope: Lowering["scope"] | undefined = lo.scope; scope !== undefined; scope = scope.outer) scope.yields = true;
  return callAt(node, nameAt({ start: node.start, end: node.start + "yield".length }, lo.scope.method?.block ?? BLOCK), args);
}

/** `a.b` on the left of an assignment. */
export function closeMember(lo: Lowering, node: SyntaxNode): MemberExpr | undefined {
  const [receiver, method] = [fieldOf(node, "receiver"), fieldOf(node, "method")];
  if (receiver === undefined || method === undefined) return undefined;
  return { kind: "member", start: node.start, end: node.end, object: lo.expr(receiver), property: textOf(lo, method) };
}

/** `a[:b]` is a member, `a[0]` as well; `a[b]` a computed one. */
export function lowerElement(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const objectNode = fieldOf(node, "object");
  if (objectNode === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const object = lo.expr(objectNode);
  const [key, ...more] = node.children.filter((child) => child !== objectNode).map(lo.expr);
  if (key === undefined) return opaqueAt(node, [object]);
  if (more.length > 0) return opaqueAt(node, [object, key, ...more]);
  if (key.kind === "literal" && (typeof key.value === "string" || typeof key.value === "number"))
    return { kind: "member", start, end, object, property: String(key.value) };
  return { kind: "member", start, end, object, property: null, index: key };
}
