/** Class views that write without a method of their own: the library does what the class names. */
import type { CallExpr, ContainerIR, Expr, FunctionIR, Span } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { namesOf } from "../reading.ts";
import { basesOf } from "./classes.ts";

/** What a base class does to its model, and which methods of the project stand for that. */
export interface Generic {
  readonly bases: RegExp;
  readonly verb: "POST" | "PUT" | "DELETE";
  /** The method of the model that the library calls in the end. */
  readonly does: string;
  readonly instead: ReadonlySet<string>;
}

/** Handlers of a class whose library code nobody replaces: one for each thing that it does. */
export function genericHandlers(
  view: FileView,
  container: ContainerIR,
  kinds: readonly Generic[],
  path: string | undefined,
): readonly HandlerFound[] {
  const bases = basesOf(container, view.project);
  const model = modelOf(container);
  if (model === undefined) return [];
  const own = new Set(container.functions.map(({ name }) => name));
  return kinds.flatMap((kind, i): readonly HandlerFound[] => {
    if (!bases.some((name) => kind.bases.test(name)) || [...kind.instead].some((name) => own.has(name))) return [];
    const at = headOf(container);
    const verb = kind.does === "save" ? "update" : kind.does;
    return [
      {
        kind: "route",
        name: `${container.name}.${verb}`,
        method: kind.verb,
        ...(path === undefined ? {} : { path }),
        // Each begins at a place of its own, by which handlers are told apart.
        entry: { fn: writing(container, { start: at.start + i, end: at.end }, model, kind, verb) },
        file: view.file,
        container,
        at,
      },
    ];
  });
}

/** The class up to its first method. */
function headOf({ start, end, functions }: ContainerIR): Span {
  return { start, end: Math.min(end, ...functions.map((fn) => fn.start)) };
}

const HOLDS_MODEL: readonly string[] = ["model", "queryset", "serializer_class", "form_class"];
const ROLES = /(?:Serializer|(?:Create|Update|Creation|Change|Edit|Detail|List)*Form)(?:V\d)?$/;

/** `model = User`, `queryset = User.objects.all()`, `serializer_class = UserSerializer`. */
function modelOf({ fields }: ContainerIR): string | undefined {
  for (const name of HOLDS_MODEL) {
    const value = fields.find((field) => field.name === name)?.value;
    const words = value === undefined ? [] : rootOf(value);
    const model = words.find((word) => /^\p{Lu}/u.test(word))?.replace(ROLES, "");
    if (model !== undefined && model !== "") return model;
  }
  return undefined;
}

function rootOf(expr: Expr): readonly string[] {
  if (expr.kind === "call") return rootOf(expr.callee);
  if (expr.kind !== "member") return namesOf(expr);
  const inner = rootOf(expr.object);
  return inner.length > 0 ? inner : namesOf(expr);
}

/** What the library runs, as a function: `def destroy(self): User.delete()`. */
function writing(container: ContainerIR, at: Span, model: string, { does }: Generic, name: string): FunctionIR {
  const span = { start: at.start, end: at.end };
  const callee: Expr = { kind: "member", ...span, object: { kind: "name", ...span, name: model }, property: does };
  const call: CallExpr = { kind: "call", ...span, callee, args: [] };
  return {
    kind: "functionIR",
    ...span,
    name,
    params: [],
    decorators: [],
    body: [{ kind: "expr", ...span, value: call }],
    file: container.file,
    container,
  };
}
