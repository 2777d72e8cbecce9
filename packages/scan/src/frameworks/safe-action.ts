import type { FunctionIR } from "../ir/nodes.ts";
import { chainOf } from "./builders/chain.ts";
import { isSafeAction, serverActions } from "./builders/server-actions.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { nextjs } from "./nextjs.ts";
import { entryOf, isClosure, methodOf } from "./reading.ts";

/** next-safe-action and zsa catch what an action throws, so their actions end otherwise than those of Next.js alone. */
export const safeAction: Framework = {
  id: "safe-action",
  title: "next-safe-action",
  docs: "https://next-safe-action.dev/docs/define-actions/create-the-client",
  languages: ["javascript"],
  enabledBy: { npm: ["next-safe-action", "zsa"] },
  mayHold: /["']use server["']|createSafeActionClient|next-safe-action|\bzsa\b/,
  handlers: (view) => [
    ...serverActions(view)
      .filter((one) => isSafeAction(one.value))
      .map((one) => one.handler),
    ...errorHandlers(view),
    ...middleware(view),
  ],
  ...(nextjs.endOfCall === undefined ? {} : { endOfCall: nextjs.endOfCall }),
  // Without a handleServerError of its own, a client prints every error with console.error.
  logsUnhandled: () => true,
  answersByReturn: true,
  request: nextjs.request,
};

/** `createSafeActionClient({ handleServerError(error) { … } })` */
function errorHandlers(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call, scope }): readonly HandlerFound[] => {
    if (methodOf(call) !== "createSafeActionClient") return [];
    const handler = entryOf(call.args[0], "handleServerError");
    if (handler === undefined) return [];
    const entry = isClosure(handler) ? { fn: handler.fn } : { expr: handler, scope };
    return [{ kind: "errors", name: "handleServerError", entry, file: view.file, at: handler }];
  });
}

/** `client.use(async ({ next, ctx }) => …)` in a file that makes clients. */
function middleware(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call }): readonly HandlerFound[] => {
    const last = chainOf(call).steps.at(-1);
    const [fn] = call.args;
    if (last?.name !== "use" || last.call !== call || !isClosure(fn) || !takesNext(fn.fn)) return [];
    return [{ kind: "gate", name: "action middleware", entry: { fn: fn.fn }, file: view.file, at: fn }];
  });
}

/** The middleware of this library takes `next` out of its one argument; Express's has it as a parameter of its own. */
function takesNext(fn: FunctionIR): boolean {
  const pattern = fn.params[0]?.pattern;
  return pattern?.kind === "recordPattern" && pattern.entries.some((entry) => entry.key === "next");
}
