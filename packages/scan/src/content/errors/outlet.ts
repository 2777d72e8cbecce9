import type { End, HandlerFound } from "../../frameworks/framework.ts";
import type { AssignExpr, CallExpr, Expr, FileIR, FunctionIR, Span } from "../../ir/nodes.ts";
import type { ErrorText } from "../../languages/language.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Step } from "../../outcomes/way.ts";
import type { Asking } from "./guards.ts";
import type { Helper, Helpers } from "./helpers.ts";
import { shownBy, type Reading } from "./reader.ts";
import type { Caught, Shown } from "./shown.ts";
import { namesIn, ownerOf, valuesIn, whole, type State } from "./state.ts";
import { statusOfCall, worst, type Status } from "./status.ts";

/** Something of an error that goes out to the client. */
export interface Sent {
  readonly file: FileIR;
  readonly fn: FunctionIR | null;
  readonly at: Span;
  readonly shown: Shown;
  readonly status: Status;
}

/** What is known of the files around, for the following of one. */
export interface FollowFacts {
  readonly file: FileIR;
  readonly errorText: ErrorText;
  readonly endOf: (call: CallExpr) => End | undefined;
  readonly endOfAssign: (assign: AssignExpr) => End | undefined;
  /** Calls that hand a text to the client beside those that frameworks know. */
  readonly rawSends: (call: CallExpr, valuesOf: (name: string) => readonly Expr[]) => readonly Expr[] | undefined;
  /** The same for assignments. */
  readonly rawAssigned: (assign: AssignExpr) => readonly Expr[] | undefined;
  /** Whether this switches on a page that shows the stack of every error. */
  readonly showsStacks: (expr: CallExpr | AssignExpr) => boolean;
  readonly errorHandler: (fn: FunctionIR) => HandlerFound | undefined;
  /** Whether what a function gives back is the answer. */
  readonly answersByReturn: (fn: FunctionIR) => boolean;
  readonly helpers: Helpers;
  readonly emit: (sent: Sent) => void;
}

/** What expressions hold of errors where the following stands, and what goes out to the client there. */
export type Outlet = ReturnType<typeof createOutlet>;

export function createOutlet(facts: FollowFacts) {
  const { file } = facts;
  const askingIn = (state: State): Asking => ({
    text: file.text,
    isError: (name) => (state.env.get(name) ?? []).some(({ of }) => of.sort !== "given"),
    testOf: (name) => {
      const [only, ...more] = state.values.get(name) ?? [];
      return more.length === 0 && only !== undefined && TESTS.has(only.kind) ? only : undefined;
    },
  });

  const step = (expr: Span, note: string): Step => ({ file, span: expr, note });

  const readingIn = (state: State): Reading => ({
    asking: askingIn(state),
    holds: (name) => state.env.get(name) ?? [],
    errorText: facts.errorText,
    helperOf: (call) => facts.helpers.of(call, file),
    nearest: (expr) => state.caught ?? { sort: "any", name: "the error", file, start: expr.start, end: expr.end },
    step,
  });

  const shown = (expr: Expr, state: State): readonly Shown[] => (state.forDevelopers ? [] : shownBy(expr, readingIn(state)));

  const send = (exprs: readonly Expr[], at: Span, status: Status, state: State): void => {
    if (state.forDevelopers) return;
    for (const expr of exprs) {
      for (const one of shown(expr, state)) {
        if (one.of.sort === "given") {
          note(state.fn, one, status);
          continue;
        }
        const left = one.what === "error" ? whole(expr, one, facts.errorText) : one;
        if (left !== undefined) facts.emit({ file, fn: state.fn, at, shown: left, status });
      }
    }
  };

  const note = (fn: FunctionIR | null, { of, what, told }: Shown, status: Status): void => {
    const owner = ownerOf(fn, of);
    if (owner === undefined || owner.name === "") return;
    const helper = facts.helpers.add(file, owner);
    if (helper.sends.every((one) => one.place !== of.place || one.what !== what))
      helper.sends.push({ place: of.place!, what, told, status });
  };

  const noteGiven = (value: Expr, state: State): void => {
    const { fn } = state;
    if (fn === null || fn.name === "" || facts.errorHandler(fn) !== undefined) return;
    for (const one of shown(value, state)) {
      const place = one.of.place;
      if (one.what !== "error" && one.of.sort === "any" && !one.told && one.of.file === file) {
        const { own } = facts.helpers.add(file, fn);
        if (own.every((known) => known.of.start !== one.of.start || known.what !== one.what)) own.push(one);
      }
      if (place === undefined || (one.of.sort !== "given" && one.of.sort !== "parameter") || ownerOf(fn, one.of) !== fn) continue;
      const helper = facts.helpers.add(file, fn);
      if (helper.gives.every((known) => known.place !== place || known.what !== one.what))
        helper.gives.push({ place, what: one.what, told: one.told });
    }
  };

  const onCall = (call: CallExpr, state: State): void => {
    if (state.forDevelopers) return;
    printsStack(call, state);
    if (facts.showsStacks(call)) showStacks(call, state);
    const end = facts.endOf(call);
    const own = facts.helpers.of(call, file);
    if (own !== undefined && (end === undefined || end.helper === true || call.callee.kind === "name")) return sendsBy(call, own, state);
    const says = end?.helper === true ? call.args : end?.says;
    if (end !== undefined && says !== undefined && says.length > 0) {
      if (
        end.sent !== true &&
        (end.kind === undefined || call.creates === true) &&
        end.stops !== true &&
        namesOf(call.callee)[0] !== "flash"
      )
        return;
      return send(says, call, statusOfCall(call, end, facts.endOf, valuesIn(state), state.status), state);
    }
    const raw = facts.rawSends(call, valuesIn(state));
    if (raw !== undefined) send(raw, call, state.status, state);
  };

  /** A page of the framework that shows every stack is switched on. */
  const showStacks = (at: Expr, state: State): void => {
    const of: Caught = { sort: "any", name: "", file, start: at.start, end: at.end };
    facts.emit({ file, fn: state.fn, at, shown: { what: "stack", of, told: false, steps: [] }, status: "unsaid" });
  };

  /** A function of the project that sends what it is given. */
  const sendsBy = (call: CallExpr, helper: Helper, state: State): void => {
    const said = call.args.map((arg) => worst(arg, valuesIn(state), 1)).find((one) => typeof one === "number" && one >= 300);
    for (const { place, what, told: isTold, status } of helper.sends) {
      const arg = call.args[place];
      if (arg === undefined || isTold) continue;
      for (const one of shown(arg, state)) {
        if (one.of.sort === "given") continue;
        const next: Shown = {
          ...one,
          what: one.what === "error" ? what : one.what,
          steps: [...one.steps, step(call, `passed to ${helper.name}()`)],
        };
        if (next.what !== "error")
          facts.emit({ file, fn: state.fn, at: call, shown: next, status: typeof status === "number" ? status : (said ?? status) });
      }
    }
  };

  /** `e.printStackTrace(writer)` puts the stack into what it is given. */
  const printsStack = (call: CallExpr, state: State): void => {
    const names = namesOf(call.callee);
    const method = names.at(-1);
    if (names.join(".") === "runtime.Stack" && call.args[0]?.kind === "name")
      state.env.set(call.args[0].name, [
        {
          what: "stack",
          of: { sort: "any", name: "", file, start: call.start, end: call.end },
          told: false,
          steps: [step(call, "takes the stack")],
        },
      ]);
    if (method !== "printStackTrace" || call.callee.kind !== "member" || call.args.length === 0) return;
    const [error] = shown(call.callee.object, state).filter(({ what }) => what === "error");
    if (error === undefined) return;
    const stack: Shown = { ...error, what: "stack", steps: [...error.steps, step(call, "prints its stack")] };
    const into = call.args.flatMap((arg) => namesIn(arg)).flatMap((name) => [name, ...valuesIn(state)(name).flatMap(namesIn)]);
    for (const name of into) state.env.set(name, [...(state.env.get(name) ?? []), stack]);
    const raw = facts.rawSends(
      { ...call, callee: { kind: "member", object: call.args[0]!, property: "print", start: call.start, end: call.end } },
      valuesIn(state),
    );
    if (raw !== undefined && error.of.sort !== "given") facts.emit({ file, fn: state.fn, at: call, shown: stack, status: state.status });
  };

  return { askingIn, step, shown, send, noteGiven, showStacks, onCall };
}

const TESTS: ReadonlySet<Expr["kind"]> = new Set(["binary", "call", "logical", "not", "member"]);
