import type { Framework, HandlerFound } from "../../frameworks/framework.ts";
import type { AssignExpr, CallExpr, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Project } from "../../project/project.ts";
import { followErrors } from "./follow.ts";
import { createHelpers } from "./helpers.ts";
import type { Sent } from "./outlet.ts";
import { endOfShownError, rawAssignedIn, rawSendsIn } from "./sends.ts";
import { showsStacksIn } from "./switches.ts";

/** What the search for errors that are sent needs to know. */
export interface LeakFacts {
  readonly project: Project;
  readonly frameworksFor: (file: FileIR) => readonly Framework[];
  readonly errorHandlers: readonly HandlerFound[];
  /** The functions of routes whose framework answers with what they give back. */
  readonly answering: ReadonlySet<FunctionIR>;
}

const PLAIN = { text: "message", json: "nothing" } as const;

/** Everything of errors that these files send to the client, one for each place and kind. */
export function errorsSent(files: readonly FileIR[], facts: LeakFacts): readonly Sent[] {
  const helpers = createHelpers();
  const handlerOf = handlersByFunction(facts.errorHandlers);
  const { answering } = facts;
  const follow = (file: FileIR, emit: (sent: Sent) => void): void => {
    const frameworks = facts.frameworksFor(file);
    const byReturn = frameworks.some((one) => one.answersByReturn === true);
    followErrors({
      file,
      errorText: facts.project.languageOf(file.path)?.errorText ?? PLAIN,
      endOf: (call) => endOfShownError(call) ?? firstEnd(frameworks, call),
      endOfAssign: (assign: AssignExpr) => first(frameworks, (one) => one.endOfAssign?.(assign)),
      rawSends: rawSendsIn(file),
      rawAssigned: rawAssignedIn(file),
      showsStacks: showsStacksIn(file),
      errorHandler: (fn) => handlerOf.get(fn),
      answersByReturn: (fn) => answering.has(fn) || (byReturn && handlerOf.has(fn)),
      helpers,
      emit,
    });
  };
  // What functions do with what they are given is known after the first reading.
  for (const file of files) follow(file, () => undefined);
  const found = new Map<string, Sent>();
  for (const file of files) {
    follow(file, (sent) => {
      const key = `${sent.file.path}:${sent.at.start}`;
      const known = found.get(key);
      if (known === undefined || worse(sent, known)) found.set(key, sent);
    });
  }
  return [...found.values()];
}

const RANK = { error: 0, message: 1, stack: 2 } as const;

function worse(a: Sent, b: Sent): boolean {
  if (RANK[a.shown.what] !== RANK[b.shown.what]) return RANK[a.shown.what] > RANK[b.shown.what];
  return b.shown.told && !a.shown.told;
}

function first<T>(frameworks: readonly Framework[], ask: (framework: Framework) => T | undefined): T | undefined {
  for (const framework of frameworks) {
    const answer = ask(framework);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The first framework that knows what the call sends, else the first that knows anything of it. */
function firstEnd(frameworks: readonly Framework[], call: CallExpr): ReturnType<NonNullable<Framework["endOfCall"]>> {
  const ends = frameworks.flatMap((one) => one.endOfCall?.(call) ?? []);
  return ends.find((end) => end.says !== undefined && end.says.length > 0) ?? ends[0];
}

function handlersByFunction(handlers: readonly HandlerFound[]): ReadonlyMap<FunctionIR, HandlerFound> {
  const map = new Map<FunctionIR, HandlerFound>();
  for (const handler of handlers) {
    const fn = functionOf(handler);
    if (fn !== undefined) map.set(fn, handler);
  }
  return map;
}

function functionOf({ entry, file }: HandlerFound): FunctionIR | undefined {
  if ("fn" in entry) return entry.fn;
  if (entry.expr.kind === "function") return entry.expr.fn;
  const name = lastName(entry.expr);
  return file.functions.find((fn) => fn.name === name);
}

const lastName = (expr: Expr): string | undefined => namesOf(expr).at(-1);
