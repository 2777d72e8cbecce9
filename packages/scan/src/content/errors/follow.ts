import type { AssignExpr, CallExpr, Expr, FunctionIR, Pattern, Stmt } from "../../ir/nodes.ts";
import { boundNames, walkExpr } from "../../ir/walk.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { asksForDevelopers, isDevelopersSide, subjectsOf, tellsApart } from "./guards.ts";
import { createOutlet, type FollowFacts } from "./outlet.ts";
import { bindParams, type HandedError } from "./params.ts";
import { meet, type Caught, type Shown } from "./shown.ts";
import { replaced, tell, tellAll, valuesIn, type State } from "./state.ts";
import { statusOfCall, worst, type Status } from "./status.ts";
import { CATCHING, isInternalType, READS, STACK_MEMBERS } from "./words.ts";

/** Follows the errors of a file, in source order, from where they are caught to where they are sent. */
export function followErrors(facts: FollowFacts): void {
  const start: State = {
    env: new Map(),
    status: "unsaid",
    forDevelopers: false,
    asksMode: false,
    fn: null,
    values: new Map(),
    caught: undefined,
  };
  const follower = createFollower(facts);
  follower.body(facts.file.body, start);
  for (const container of facts.file.containers) {
    const inside = { ...start, env: new Map(start.env) };
    follower.body(container.body, inside);
    for (const field of container.fields) if (field.value !== undefined) follower.expr(field.value, inside);
    for (const fn of container.functions) {
      if (READS.test(facts.file.text.slice(fn.start, fn.end))) follower.run(fn, inside);
      else facts.helpers.add(facts.file, fn);
    }
  }
}

function createFollower(facts: FollowFacts) {
  const { file } = facts;
  const { askingIn, step, shown, send, noteGiven, showStacks, onCall } = createOutlet(facts);

  const branch = (state: State, test: Expr, holds: boolean): State => {
    const asking = askingIn(state);
    const asksMode = asksForDevelopers(test, asking);
    const forDevelopers = state.forDevelopers || (asksMode && isDevelopersSide(test, holds, asking));
    const next = { ...state, env: new Map(state.env), forDevelopers, asksMode: state.asksMode || asksMode };
    if (!forDevelopers && tellsApart(test, holds, asking)) tell(next.env, new Set(subjectsOf(test, asking)));
    return next;
  };

  /** Goes on where the branches meet; those that end do not. */
  const join = (state: State, branches: readonly State[], ends: readonly boolean[]): void => {
    const going = branches.filter((_, i) => !ends[i]);
    if (going.length === 0) return;
    state.env = meet(going.map(({ env }) => env));
    // What is replaced for callers or in production is replaced.
    for (const one of branches)
      if (one.asksMode && !state.asksMode) for (const name of replaced(state.env, one.env)) state.env.set(name, []);
  };

  const body = (stmts: readonly Stmt[], state: State): boolean => {
    for (const [i, stmt] of stmts.entries()) {
      if (stmt.kind === "if") {
        const ended = ifStmt(stmt, state, stmts.slice(i + 1));
        if (ended !== undefined) return ended;
      } else if (statement(stmt, state)) return true;
    }
    return false;
  };

  /** After a test of which one side ends, what follows is the other side. */
  const ifStmt = (stmt: Stmt & { readonly kind: "if" }, state: State, rest: readonly Stmt[]): boolean | undefined => {
    expr(stmt.test, state);
    const yes = branch(state, stmt.test, true);
    const no = branch(state, stmt.test, false);
    const [yesEnds, noEnds] = [body(stmt.then, yes), body(stmt.otherwise, no)];
    if (yesEnds && noEnds) return true;
    if (yesEnds || noEnds) {
      const going = yesEnds ? no : yes;
      const after: State = { ...going };
      const ends = body(rest, after);
      state.env = after.env;
      return ends;
    }
    join(state, [yes, no], [false, false]);
    return undefined;
  };

  const statement = (stmt: Stmt, state: State): boolean => {
    switch (stmt.kind) {
      case "expr":
      case "yield":
        expr(stmt.value, state);
        if (stmt.kind === "expr") setsStatus(stmt.value, state);
        return false;
      case "let":
        if (stmt.value !== null) {
          expr(stmt.value, state);
          bind(stmt.target, stmt.value, state);
        }
        return false;
      case "return":
        if (stmt.value !== null) returned(stmt.value, state);
        return true;
      case "throw":
        if (stmt.value !== null) expr(stmt.value, state);
        return true;
      case "jump":
        return true;
      case "blockStmt":
        return body(stmt.body, state);
      case "loop": {
        if (stmt.over !== null) expr(stmt.over, state);
        const inside = { ...state, env: new Map(state.env) };
        body(stmt.body, inside);
        state.env = meet([state.env, inside.env]);
        return false;
      }
      case "match":
        return match(stmt, state);
      case "try":
        return attempt(stmt, state);
      default:
        return false;
    }
  };

  const match = (stmt: Stmt & { readonly kind: "match" }, state: State): boolean => {
    expr(stmt.subject, state);
    const about = shown(stmt.subject, state).map(({ of }) => of);
    const asking = askingIn(state);
    const states = stmt.arms.map((arm) => {
      const inside = { ...state, env: new Map(state.env), forDevelopers: state.forDevelopers || asksForDevelopers(stmt.subject, asking) };
      const test = arm.patterns.length > 0 && arm.patterns.every((one) => one.kind === "equalsPattern") ? arm.patterns[0] : undefined;
      if (test?.kind === "equalsPattern" && tellsApart(test.value, true, asking)) tell(inside.env, new Set(subjectsOf(test.value, asking)));
      else if (
        arm.patterns.some((one) => one.kind !== "anyPattern" && one.kind !== "bind") ||
        arm.patterns.some((one) => one.kind === "bind" && one.type !== undefined)
      )
        tellAll(inside.env, about);
      for (const pattern of arm.patterns) bindArm(pattern, inside);
      return inside;
    });
    const ends = stmt.arms.map((arm, i) => body(arm.body, states[i]!));
    if (stmt.exhaustive && ends.length > 0 && ends.every(Boolean)) return true;
    join(
      state,
      [...states, ...(stmt.exhaustive ? [] : [{ ...state, env: new Map(state.env) }])],
      [...ends, ...(stmt.exhaustive ? [] : [false])],
    );
    return false;
  };

  /** `{:error, reason}`: what went wrong, as a value that may be anything. */
  const bindArm = (pattern: Pattern, state: State): void => {
    if (pattern.kind !== "listPattern" || pattern.items.length !== 2) return;
    const [tag, reason] = pattern.items;
    if (tag?.kind !== "literalPattern" || tag.value !== "error" || reason?.kind !== "bind" || reason.also !== undefined) return;
    const of: Caught = { sort: "value", isReason: true, name: reason.name, file, start: reason.start, end: reason.end };
    state.env.set(reason.name, [{ what: "error", of, told: false, steps: [step(reason, `${reason.name} is the reason of a failure`)] }]);
  };

  const attempt = (stmt: Stmt & { readonly kind: "try" }, state: State): boolean => {
    const tried = { ...state, env: new Map(state.env) };
    let tryEnds = body(stmt.body, tried);
    if (stmt.otherwise !== undefined && !tryEnds) tryEnds = body(stmt.otherwise, tried);
    // Where nothing is tried nothing is caught.
    const catches = stmt.body.length === 0 ? [] : stmt.catches;
    const branches = catches.map((clause) => {
      const types = clause.types.filter((type) => type !== "");
      const name = clause.param === undefined ? "" : (boundNames(clause.param)[0] ?? "");
      const of: Caught = {
        sort: types.every(isInternalType) ? "any" : "typed",
        name,
        file,
        start: clause.start,
        end: Math.min(clause.end, clause.param?.end ?? clause.start + 1),
      };
      const inside: State = { ...state, env: meet([state.env, tried.env]), caught: of };
      if (clause.param !== undefined)
        take(
          clause.param,
          [{ what: "error", of, told: of.sort === "typed", steps: [step(clause.param, `${name} is what was caught`)] }],
          inside,
        );
      return { inside, ends: body(clause.body, inside) };
    });
    const ends = [tryEnds, ...branches.map((one) => one.ends)];
    if (!ends.every(Boolean)) join(state, [tried, ...branches.map(({ inside }) => inside)], ends);
    return body(stmt.finally ?? [], state) || ends.every(Boolean);
  };

  const returned = (value: Expr, state: State): void => {
    expr(value, state);
    noteGiven(value, state);
    const { fn } = state;
    if (fn === null || !facts.answersByReturn(fn) || isAnswerCall(value)) return;
    // `return body, 500`, `(StatusCode::INTERNAL_SERVER_ERROR, text)`.
    const tuple = value.kind === "list" && value.items.length > 1 ? value.items : undefined;
    const statuses = tuple?.map((item) => worst(item, valuesIn(state))) ?? [];
    const status = statuses.find((one) => one !== "unsaid");
    const bodies = tuple?.filter((item, i) => statuses[i] === "unsaid" && !isAnswerCall(item)) ?? [value];
    send(bodies, value, status ?? statusOfRecord(value, state), state);
    if (tuple?.[0]?.kind === "call" && status !== undefined) answeredBy(tuple[0], state, status);
  };

  const statusOfRecord = (value: Expr, state: State): Status => {
    if (value.kind !== "record") return state.status;
    const given = value.entries.find(({ key }) => key === "status" || key === "statusCode" || key === "code")?.value;
    return given === undefined ? state.status : worst(given, valuesIn(state));
  };

  const isAnswerCall = (value: Expr): boolean =>
    value.kind === "await" ? isAnswerCall(value.value) : value.kind === "call" && facts.endOf(value)?.says !== undefined;

  /** `return jsonify(…), 500`: the status stands beside the call. */
  const answeredBy = (call: CallExpr, state: State, status: Status): void => {
    const end = facts.endOf(call);
    if (end?.says !== undefined) send(end.says, call, status, state);
  };

  const setsStatus = (value: Expr, state: State): void => {
    const call = value.kind === "await" ? value.value : value;
    const end =
      call.kind === "call"
        ? facts.endOf(call)
        : call.kind === "assign" && call.target.kind === "member"
          ? facts.endOfAssign(call)
          : undefined;
    if (end?.status !== undefined && end.sent !== true) state.status = end.status;
    else if (call.kind === "call" && end !== undefined && end.sent !== true && end.says === undefined && call.args.length > 0)
      state.status = statusOfCall(call, end, facts.endOf, valuesIn(state), state.status);
    else if (call.kind === "assign" && call.target.kind === "member" && /^status(?:_?code)?$/i.test(call.target.property ?? "")) {
      const given = worst(call.value, valuesIn(state));
      state.status = given === "unsaid" ? "open" : given;
    }
  };

  const expr = (root: Expr, state: State): void =>
    walkExpr(root, (at) => {
      switch (at.kind) {
        case "function":
          run(at.fn, state);
          return false;
        case "container":
          return false;
        case "call":
          handed(at, state);
          onCall(at, state);
          return false;
        case "choice":
          expr(at.test, state);
          expr(at.then, branch(state, at.test, true));
          expr(at.otherwise, branch(state, at.test, false));
          return false;
        case "logical":
          if (at.op !== "and") return true;
          expr(at.left, state);
          expr(at.right, branch(state, at.left, true));
          return false;
        case "assign":
          expr(at.value, state);
          assigned(at, state);
          return false;
        case "block":
          body(at.body, state);
          return false;
        default:
          return true;
      }
    });

  /** What a call is given; a closure that deals with what went wrong is given the error. */
  const handed = (call: CallExpr, state: State): void => {
    expr(call.callee, state);
    const method = namesOf(call.callee).at(-1) ?? "";
    const types = call.args.flatMap((arg) => (arg.kind === "function" ? [] : namesOf(arg).slice(-1)));
    for (const arg of call.args) {
      if (arg.kind !== "function") expr(arg, state);
      else if (CATCHING.test(method))
        run(arg.fn, state, { sort: method !== "rescue_from" || types.every(isInternalType) ? "any" : "typed" });
      else run(arg.fn, state, { sort: "callback" });
    }
  };

  const run = (fn: FunctionIR, around: State, handedError?: HandedError): void => {
    if (fn.name !== "") facts.helpers.add(file, fn);
    const state: State = { ...around, env: new Map(around.env), status: "unsaid", fn, values: new Map(around.values), caught: undefined };
    const { env, caught } = bindParams(fn, file, facts.errorHandler(fn), handedError);
    for (const name of fn.params.flatMap((param) => boundNames(param.pattern))) state.env.delete(name);
    for (const [name, one] of env) state.env.set(name, one);
    for (const param of fn.params)
      if (param.pattern.kind === "bind" && param.pattern.default !== undefined)
        state.values.set(param.pattern.name, [param.pattern.default]);
    body(fn.body, { ...state, caught });
  };

  const assigned = (at: AssignExpr, state: State): void => {
    if (at.target.kind !== "member") return bind(at.target, at.value, state, at.update === true);
    if (facts.showsStacks(at) && !state.forDevelopers) showStacks(at, state);
    const end = facts.endOfAssign(at);
    const answers =
      end?.says ??
      facts.rawAssigned(at) ??
      (BODY.test(at.target.property ?? "") && CONTEXT.test(namesOf(at.target)[0] ?? "") ? [at.value] : undefined);
    if (answers !== undefined) return send(answers, at, state.status, state);
    const [root] = namesOf(at.target);
    if (root === undefined || root === "this" || state.env.get(root)?.some(({ what }) => what === "error")) return;
    const value = shown(at.value, state);
    if (value.length > 0) state.env.set(root, [...(state.env.get(root) ?? []), ...value]);
  };

  const bind = (target: Pattern, value: Expr, state: State, adds = false): void => {
    if (target.kind === "bind") {
      const held = state.values.get(target.name) ?? [];
      state.values.set(target.name, [...held, value].slice(-8));
    }
    const failing = value.kind === "await" ? value.value : value;
    if (failing.kind === "call" && failing.fails !== undefined && failing.fails > 0) return bindFailure(target, failing, state);
    const holds = shown(value, state);
    take(target, adds && target.kind === "bind" ? [...(state.env.get(target.name) ?? []), ...holds] : holds, state);
  };

  /** `u, err := find(id)`: the last of what a call gives is its error. */
  const bindFailure = (target: Pattern, call: CallExpr, state: State): void => {
    const last = target.kind === "listPattern" ? target.items.at(-1) : target;
    for (const name of boundNames(target)) state.env.delete(name);
    if (last?.kind !== "bind") return;
    const path = namesOf(call.callee).join(".");
    const of: Caught = { sort: "value", name: last.name, file, start: last.start, end: last.end };
    state.env.set(last.name, [
      {
        what: "error",
        of,
        told: OWN_WORDS.test(path),
        steps: [step(call, `${last.name} is what ${path === "" ? "a call" : `${path}()`} failed with`)],
      },
    ]);
  };

  /** Binds the names of a pattern to what the value holds; members of an error by their names. */
  const take = (target: Pattern, value: readonly Shown[], state: State): void => {
    if (target.kind === "bind") return void state.env.set(target.name, value);
    for (const name of boundNames(target)) state.env.delete(name);
    if (target.kind !== "recordPattern") return;
    for (const { key, pattern } of target.entries) {
      if (key === null || pattern.kind !== "bind") continue;
      const held = value.flatMap((one): readonly Shown[] => {
        if (one.what !== "error") return [one];
        const what = STACK_MEMBERS.has(key) ? "stack" : key === "message" ? "message" : undefined;
        return what === undefined ? [] : [{ ...one, what, steps: [...one.steps, step(pattern, `reads ${key}`)] }];
      });
      state.env.set(pattern.name, held);
    }
  };

  return { body, expr, run };
}

const BODY = /^(?:body|response)$/;
const CONTEXT = /^(?:ctx|context|c|res|response|reply|this)$/;
/** Calls whose errors say what the caller did wrong. */
const OWN_WORDS = /(?:valid|bind|parse|decode|unmarshal|check|verify|convert|atoi|newrequest|require|ensure)\w*$/i;
