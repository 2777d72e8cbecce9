import type { FileIR } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import type { Seat, Spot } from "../writer.ts";
import { breaks } from "./breaks.ts";
import { branchSeat } from "./branch.ts";
import { chainSpot } from "./chain.ts";
import { guardedDraft } from "./guarded.ts";
import { freshIn } from "./names.ts";
import { waitingHead } from "./signature.ts";
import { AFTER, BEFORE, LINE, type Draft } from "./draft.ts";
import { hostOf, type Host } from "./host.ts";
import { asyncAt, givesPromise, isAsyncNode, returnTypeOf } from "./promise.ts";
import { functionOf, nodeIn, nodesIn, type Node, type Sited } from "./syntax.ts";
import { awaitsIn, doesWork, stripped, takeOut } from "./work.ts";
import { seatOf } from "./write.ts";

const NO_PLACE = (reason: string): Refused => ({ kind: "no-place", reason });

/** Where a line about an outcome can stand: before a failure's answer or throw; after a success's work, before its answer. */
export function seat(spot: Spot): Seat | Refused {
  const { file, at, style } = spot;
  const hosted = hostOf(file, at);
  if (hosted === undefined) return NO_PLACE("no statement can stand there");
  const { host, branch, short } = hosted;
  if (short) return NO_PLACE("it is one side of && or ||, and a statement cannot stand there");
  if (host.sort === "bare" && commentBefore(file, host.stmt.node)) return NO_PLACE("a comment stands where braces would begin");
  if (branch !== undefined)
    return branchSeat(file, host, branch, style) ?? NO_PLACE("it is one branch of a conditional expression inside a larger one");
  const inChain = spot.kind === "success" && spot.answers === undefined ? chainSpot(spot, host) : undefined;
  if (inChain !== undefined) return seat(inChain);
  if (spot.mixed) {
    const guarded = guardedDraft(spot, host);
    return guarded === undefined ? NO_PLACE("other outcomes end in the same statement") : seatOf(file, host, guarded, style);
  }
  const draft = host.sort === "end" || spot.kind === "failure" ? failureDraft(spot, host) : successDraft(spot, host);
  return "reason" in draft ? draft : seatOf(file, host, draft, style);
}

function commentBefore(file: FileIR, stmt: Node): boolean {
  return (
    !/(?:\)|\belse|\bdo)\s*$/.test(file.text.slice(0, stmt.start)) ||
    file.comments.some(({ end }) => end <= stmt.start && file.text.slice(end, stmt.start).trim() === "")
  );
}

function failureDraft(spot: Spot, host: Host): Draft | Refused {
  if (!spot.leads || host.sort === "end") return BEFORE;
  return { kind: "unclear", reason: "the call that fails there is outside of the project" };
}

function valueOf(host: Host): Node | undefined {
  if (host.sort === "arrow") return host.body.node;
  if (host.sort === "end") return undefined;
  const { node } = host.stmt;
  if (node.type === "ReturnStatement") return nodeIn(node, "argument");
  return node.type === "ExpressionStatement" ? nodeIn(node, "expression") : undefined;
}

function successDraft(spot: Spot, host: Host): Draft | Refused {
  if (host.sort === "end") return BEFORE;
  const returns = host.sort === "arrow" || host.stmt.node.type === "ReturnStatement";
  const value = valueOf(host);
  if (value === undefined) return spot.leads ? afterStatement(host) : BEFORE;
  const whole = stripped(value);
  if (spot.answers) return beforeAnswer(spot, whole);
  if (!returns) return spot.leads ? afterStatement(host) : BEFORE;
  if (!spot.leads && !doesWork(spot.file, value)) return BEFORE;
  if (whole.type === "ObjectExpression" || whole.type === "ArrayExpression" || whole.type === "NewExpression")
    return awaitsIn(whole).length === 0 ? BEFORE : beforeAnswer(spot, whole);
  return afterWork(spot, host, value);
}

function afterStatement(host: Host): Draft | Refused {
  if (host.sort === "arrow" || host.sort === "end") return NO_PLACE("nothing can stand after it");
  const { node } = host.stmt;
  if (node.type === "VariableDeclaration" || node.type === "ExpressionStatement") return AFTER;
  return NO_PLACE("the call stands in a condition");
}

/** Before the answer; what the answer awaits is awaited before. */
function beforeAnswer(spot: Spot, value: Node): Draft | Refused {
  if (awaitsIn(value).length === 0) return BEFORE;
  // `return await res.json(…)`, `await reply.send(…)`: what is awaited is the answer itself.
  const inner = value.type === "AwaitExpression" ? stripped(nodeIn(value, "argument")!) : value;
  if (awaitsIn(inner).length === 0) return BEFORE;
  const out = takeOut(spot.file, inner, freshIn(spot), spot.style.semicolons ? ";" : "");
  if (out === undefined) return NO_PLACE("the answer waits for the work in the middle of an expression");
  return { ...BEFORE, before: [...out.lines, LINE], inside: out.edits };
}

/** `return work();` becomes `const result = await work(); …; return result;`. */
function afterWork(spot: Spot, host: Host, value: Node): Draft | Refused {
  const semi = spot.style.semicolons ? ";" : "";
  const sited = host.sort === "arrow" ? host.body : host.sort === "end" ? undefined : host.stmt;
  const around = sited === undefined ? undefined : functionOf(sited);
  if (sited === undefined || around === undefined) return NO_PLACE("it stands in no function");
  const waiting = waitingOf(spot, around, sited, stripped(value));
  if ("reason" in waiting) return waiting;
  const type = returnTypeOf(spot.file, around.node);
  const isVoid = type !== undefined && /^(?:Promise<\s*void\s*>|void)$/.test(type);
  const name = isVoid ? "" : freshIn(spot)("result");
  // What a generic call gives is inferred from the type that is asked for: without it the name would be of no type.
  const typed = type !== undefined && !waiting.wait && stripped(value).type === "CallExpression" && !type.includes("\n") ? `: ${type}` : "";
  const lead = `${isVoid ? "" : `const ${name}${typed} = `}${waiting.wait ? "await " : ""}`;
  const goesOn = host.sort !== "arrow" && !endsFunction(sited, around);
  const inside = host.sort === "arrow" ? [] : breaks(spot, sited.node, value, lead);
  const after = [LINE, ...(isVoid ? (goesOn ? [`return${semi}`] : []) : [`return ${name}${semi}`])];
  return { before: [], inside, after, around: waiting.edits, safe: waiting.safe, lead };
}

/** It is the last statement of the function: nothing needs to leave it. */
function endsFunction(stmt: Sited, fn: Sited): boolean {
  const body = nodeIn(fn.node, "body");
  return body !== undefined && nodesIn(body, "body").at(-1) === stmt.node;
}

interface Waiting {
  /** `await` is to be written before the value. */
  readonly wait: boolean;
  readonly edits: Draft["around"];
  readonly safe: boolean;
}

/** Whether the work must be waited for before it is done, and what lets the function wait. */
function waitingOf({ project, file, fn, style, awaited }: Spot, around: Sited, stmt: Sited, value: Node): Waiting | Refused {
  if (value.type === "AwaitExpression") return { wait: false, edits: [], safe: true };
  const promise = givesPromise(project, file, fn, value);
  if (isAsyncNode(around.node)) return { wait: promise !== false, edits: [], safe: promise === false || !isTried(stmt, around) };
  const type = returnTypeOf(file, around.node);
  if (type !== undefined && !/^Promise\b/.test(type)) {
    if (/Promise\b/.test(type)) return NO_PLACE("it may give a promise, and its type does not let it wait");
    if (/^Observable\b/.test(type)) return NO_PLACE("it gives an Observable, which is not done when it is returned");
    return { wait: false, edits: [], safe: true };
  }
  if (type === undefined && promise === false) return { wait: false, edits: [], safe: true };
  const at = asyncAt(around);
  if (at === undefined) return NO_PLACE("the function around it cannot wait");
  return { wait: true, edits: waitingHead(file, around.node, at, style), safe: type !== undefined || promise === true || awaited === true };
}

/** Inside `try`, waiting turns a rejection that went to the caller into one that is caught here. */
function isTried(stmt: Sited, fn: Sited): boolean {
  for (let at: Sited | undefined = stmt; at !== undefined && at.node !== fn.node; at = at.up) {
    if (at.up?.node.type === "TryStatement" && at.under === "block") return true;
  }
  return false;
}
