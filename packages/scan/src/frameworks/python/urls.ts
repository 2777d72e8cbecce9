/** The URL configuration of Django: which view stands under which path. https://docs.djangoproject.com/en/stable/ref/urls/ */
import type { CallExpr, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { ProjectFacts } from "../framework.ts";
import { follow } from "../modules/follow.ts";
import { joinPaths, methodOf, namesOf, stringOf } from "../reading.ts";
import { openPath } from "./open-path.ts";
import { templated } from "./routes.ts";

const PATTERNS: ReadonlySet<string> = new Set(["path", "re_path", "url"]);
const MAY_ROUTE = /\burlpatterns\b|\brouter\w*\.register\s*\(/;
/** Of URL configurations that include each other in a circle. */
const DEEPEST = 6;

/** A view and where it is reached. `target` is the view without what is put around it; `of` the class of `X.as_view()`. */
export interface Pattern {
  readonly path: string;
  readonly target: Expr;
  readonly of: string | undefined;
  readonly call: CallExpr;
  readonly scope: FunctionIR | null;
  readonly file: FileIR;
}

interface Urls {
  readonly all: readonly Pattern[];
  /** Paths by the last name of the class. */
  readonly ofClass: ReadonlyMap<string, string>;
}

const known = new WeakMap<ProjectFacts, Urls>();

/** Every pattern of a project, with the prefixes under which its file is included. */
export function urlsOf(project: ProjectFacts): Urls {
  let urls = known.get(project);
  if (urls === undefined) known.set(project, (urls = readUrls(project)));
  return urls;
}

/** Whether a file has patterns at all. */
export function mayRoute(text: string): boolean {
  return MAY_ROUTE.test(text);
}

function readUrls(project: ProjectFacts): Urls {
  const files = project.paths
    .filter((path) => path.endsWith(".py") && mayRoute(project.read(path) ?? ""))
    .flatMap((path) => openPath(project, path) ?? []);
  const included = new Map<FileIR, string[]>();
  const own = files.map((file) => ({ file, patterns: patternsIn(file, project, included) }));
  const prefixes = (file: FileIR, depth: number): readonly string[] => {
    const above = depth === 0 ? undefined : included.get(file);
    return above === undefined ? [""] : above;
  };
  const all = own.flatMap(({ file, patterns }) => {
    const prefix = prefixes(file, DEEPEST)[0] ?? "";
    return patterns.map((pattern) => ({ ...pattern, path: joinPaths(prefix, pattern.path) }));
  });
  const ofClass = new Map<string, string>();
  for (const { of, path } of all) if (of !== undefined && !ofClass.has(of)) ofClass.set(of, path);
  return { all, ofClass };
}

function patternsIn(file: FileIR, project: ProjectFacts, included: Map<FileIR, string[]>): Pattern[] {
  const found: Pattern[] = [];
  for (const { body, scope } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call") return;
      const [first, second] = expr.args;
      const method = methodOf(expr);
      const isPattern = PATTERNS.has(method) && second !== undefined;
      const isRegistered = method === "register" && second !== undefined && /router/i.test(namesOf(expr.callee).at(-2) ?? "");
      const text = stringOf(first);
      if (text === undefined || second === undefined || (!isPattern && !isRegistered)) return;
      const path = templated(plain(text));
      const source = includedBy(second);
      if (source !== undefined) {
        const target = project.open(file, source);
        if (target !== undefined) included.set(target, [...(included.get(target) ?? []), path]);
        return;
      }
      const target = unwrapped(second);
      const of = isRegistered ? namesOf(target).at(-1) : viewClass(target);
      found.push({ path, target, of, call: expr, scope, file });
    });
  }
  return found;
}

/** A regular expression as a path: anchors and escapes fall away. */
function plain(text: string): string {
  return text
    .replace(/^\^/, "")
    .replace(/\$$/, "")
    .replaceAll(/\\([./-])/g, "$1");
}

/** `include("app.urls")`, `include(("app.urls", "app"))`. */
function includedBy(expr: Expr): string | undefined {
  if (expr.kind !== "call" || methodOf(expr) !== "include") return undefined;
  const [first] = expr.args;
  return stringOf(first?.kind === "list" ? first.items[0] : first);
}

/** `csrf_exempt(login_required(view))` is about `view`. */
function unwrapped(expr: Expr): Expr {
  if (expr.kind !== "call" || methodOf(expr) === "as_view") return expr;
  const inner = expr.args[0] ?? (expr.callee.kind === "call" ? undefined : undefined);
  return inner === undefined || inner.kind === "literal" || inner.kind === "record" ? expr : unwrapped(inner);
}

function viewClass(expr: Expr): string | undefined {
  return expr.kind === "call" && methodOf(expr) === "as_view" ? namesOf(expr.callee).at(-2) : undefined;
}

/** The function that a pattern names, in its own file. */
export function functionOf(pattern: Pattern, project: ProjectFacts): FunctionIR | undefined {
  if (pattern.of !== undefined || pattern.target.kind === "call") return undefined;
  const { expr } = follow({ expr: pattern.target, file: pattern.file, scope: null }, project);
  return expr.kind === "function" ? expr.fn : undefined;
}
