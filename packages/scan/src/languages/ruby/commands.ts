import type { FunctionIR, Span } from "../../ir/nodes.ts";
import { callAt, exprAt, memberAt, nameAt } from "../tree-sitter/build.ts";
import type { ClassScope, Lowering } from "./lowering.ts";
import { makeFunction } from "./lowering.ts";

/** A library of command objects: what makes a class one, the class methods that run it, and what these call in turn. */
interface CommandLibrary {
  readonly parent: RegExp;
  readonly starts: readonly string[];
  readonly calls: readonly string[];
}

/**
 * https://github.com/cypriss/mutations, https://github.com/AaronLasseigne/active_interaction,
 * https://github.com/collectiveidea/interactor, https://github.com/teamshares/actor, https://dry-rb.org/gems/dry-transaction
 */
const LIBRARIES: readonly CommandLibrary[] = [
  { parent: /^Mutations\.Command$/, starts: ["run", "run!"], calls: ["validate", "execute"] },
  { parent: /^ActiveInteraction\.Base$/, starts: ["run", "run!"], calls: ["execute"] },
  { parent: /^(?:Interactor|Actor|Service(?:Actor)?(?:\.Base)?)$/, starts: ["call", "call!", "result"], calls: ["call"] },
  { parent: /(?:^|\.)(?:Sidekiq\.(?:Worker|Job)|ApplicationJob|ActiveJob\.Base|ApplicationWorker)$/, starts: [], calls: ["perform"] },
];

/** The class methods that a library of command objects gives its heirs, as far as they run methods that the class has. */
export function addCommands(lo: Lowering, scope: ClassScope, at: Span): void {
  const library = LIBRARIES.find(({ parent }) => scope.extends.some(({ name }) => parent.test(name)));
  const called = library?.calls.filter((name) => scope.functions.some((fn) => fn.name === name && !fn.isStatic)) ?? [];
  if (library === undefined || called.length === 0) return;
  for (const name of library.starts) {
    if (!scope.functions.some((fn) => fn.name === name && fn.isStatic)) scope.functions.push(starter(lo, name, called, at));
  }
}

/** `def self.run(…)` that makes the command and lets it work. */
function starter(lo: Lowering, name: string, called: readonly string[], at: Span): FunctionIR {
  const span = { start: at.end, end: at.end };
  const call = (method: string) => callAt(span, memberAt(span, callAt(span, nameAt(span, "this"), [], true), method), []);
  const body = called.map((method) => exprAt(span, call(method)));
  return makeFunction(lo, span, { name, body, isStatic: true });
}
