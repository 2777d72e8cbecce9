/** Handlers of Spring MVC and WebFlux: annotated methods, and routes that calls register. */
import type { CallExpr, ContainerIR, Decorator, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { decoratorHints, methodsOf, nameOfDecorator, wholeOf } from "../classes/decorated.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { annotationIn, containerOf, givenAs, lastOf, memberName, textAt } from "../jvm/annotations.ts";
import { joinPaths, methodOf, namesOf, SAFE_VERBS } from "../reading.ts";

/** https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-controller/ann-requestmapping.html */
const VERBS: Readonly<Record<string, string>> = {
  GetMapping: "GET",
  PostMapping: "POST",
  PutMapping: "PUT",
  PatchMapping: "PATCH",
  DeleteMapping: "DELETE",
};
const MAPPINGS: ReadonlySet<string> = new Set([...Object.keys(VERBS), "RequestMapping"]);
const CLASS_MAPPING: ReadonlySet<string> = new Set(["RequestMapping"]);
const CONTROLLERS: ReadonlySet<string> = new Set(["Controller", "RestController"]);
/** https://docs.spring.io/spring-framework/reference/web/websocket/stomp/handle-annotations.html, https://docs.spring.io/spring-graphql/reference/controllers.html */
const MESSAGES: Readonly<Record<string, string>> = { MessageMapping: "event", MutationMapping: "mutation", QueryMapping: "query" };
const MESSAGE_NAMES: ReadonlySet<string> = new Set(Object.keys(MESSAGES));
/** Annotations that tell nothing about the action. */
const PLAIN: ReadonlySet<string> = new Set([
  ...[...MAPPINGS, ...CONTROLLERS, ...MESSAGE_NAMES],
  ...["ResponseBody", "ResponseStatus", "Override", "Slf4j", "Log4j2", "RequiredArgsConstructor", "AllArgsConstructor", "Validated"],
  ...["CrossOrigin", "Deprecated", "SuppressWarnings", "Transactional", "SneakyThrows", "Api", "Tag", "Component", "Data", "Async"],
]);

/** A mapping with the file in which its paths are written. */
interface Mapping {
  readonly decorator: Decorator;
  /** What makes an own annotation a mapping; the same where it is one itself. */
  readonly meta: Decorator;
  readonly file: FileIR;
  readonly metaFile: FileIR;
  readonly container: ContainerIR;
}

export function annotatedRoutes(view: FileView): readonly HandlerFound[] {
  return view.file.containers
    .filter((container) => container.sort === "class")
    .flatMap((container) => methodsOf(container).flatMap((fn) => routeOf(view, container, fn) ?? []));
}

function routeOf(view: FileView, container: ContainerIR, fn: FunctionIR): HandlerFound | undefined {
  const message = fn.decorators.find((one) => MESSAGE_NAMES.has(nameOfDecorator(one)));
  if (message !== undefined) {
    const method = MESSAGES[nameOfDecorator(message)] ?? "event";
    const path = textAt(view, fn.file, container, givenAs(message, "value", "name")) ?? fn.name;
    return { ...found(container, fn), method, path, readOnly: method === "query" };
  }
  const own = mappingOf(view, container, fn) ?? inheritedMapping(view, container, fn);
  if (own === undefined) return undefined;
  const method = verbOf(own);
  const path = joinPaths(prefixOf(view, container, own.container), pathOf(view, own));
  return { ...found(container, fn), method, path, readOnly: SAFE_VERBS.has(method) };
}

function found(container: ContainerIR, fn: FunctionIR): Omit<HandlerFound, "method" | "path"> {
  return {
    kind: "route",
    name: memberName(container, fn),
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    hints: decoratorHints(container, fn, PLAIN),
  };
}

function mappingOf(view: FileView, container: ContainerIR, fn: FunctionIR): Mapping | undefined {
  const is = annotationIn(view, fn.file, fn.decorators, MAPPINGS);
  return is && { decorator: is.own, meta: is.meta, file: fn.file, metaFile: is.file, container };
}

/** The mapping may stand at the method of an interface, or of a parent, that the class implements. */
function inheritedMapping(view: FileView, container: ContainerIR, fn: FunctionIR, depth = 3): Mapping | undefined {
  if (depth === 0 || fn.isPrivate === true || !isController(view, container, depth)) return undefined;
  for (const type of container.extends) {
    const parent = containerOf(view, container.file, type.name);
    const same = parent?.functions.find((one) => one.name === fn.name && one.params.length === fn.params.length);
    const mapping =
      parent === undefined || parent === container
        ? undefined
        : ((same && mappingOf(view, parent, same)) ?? above(view, parent, fn, depth - 1));
    if (mapping !== undefined) return mapping;
  }
  return undefined;
}

function above(view: FileView, parent: ContainerIR, fn: FunctionIR, depth: number): Mapping | undefined {
  if (depth === 0) return undefined;
  for (const type of parent.extends) {
    const next = containerOf(view, parent.file, type.name);
    const same = next?.functions.find((one) => one.name === fn.name && one.params.length === fn.params.length);
    const mapping = next === undefined || same === undefined ? undefined : mappingOf(view, next, same);
    if (mapping !== undefined) return mapping;
  }
  return undefined;
}

function isController(view: FileView, container: ContainerIR, depth: number): boolean {
  return depth < 3 || annotationIn(view, container.file, container.decorators, CONTROLLERS) !== undefined;
}

/** `@RequestMapping(method = RequestMethod.POST)`; without a method it serves all. */
function verbOf({ decorator, meta }: Mapping): string {
  const shorthand = VERBS[nameOfDecorator(meta)];
  if (shorthand !== undefined) return shorthand;
  const given = givenAs(decorator, "method") ?? givenAs(meta, "method");
  const verbs = (given?.kind === "list" ? given.items : given === undefined ? [] : [given]).map((one) => namesOf(one).at(-1) ?? "");
  return verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0] ?? "ALL";
}

function pathOf(view: FileView, { decorator, meta, file, metaFile, container }: Mapping): string | undefined {
  return (
    textAt(view, file, container, givenAs(decorator, "value", "path")) ??
    (decorator === meta ? undefined : textAt(view, metaFile, undefined, givenAs(meta, "value", "path")))
  );
}

/** The mapping of the class, else of the interface or parent that declares the route. */
function prefixOf(view: FileView, container: ContainerIR, declaring: ContainerIR): string | undefined {
  for (const one of [container, declaring, ...parentsOf(view, container)]) {
    const is = annotationIn(view, one.file, one.decorators, CLASS_MAPPING);
    if (is === undefined) continue;
    const text =
      textAt(view, one.file, one, givenAs(is.own, "value", "path")) ?? textAt(view, is.file, undefined, givenAs(is.meta, "value", "path"));
    if (text !== undefined) return text;
  }
  return undefined;
}

function parentsOf(view: FileView, container: ContainerIR): readonly ContainerIR[] {
  return container.extends.flatMap((type) => containerOf(view, container.file, type.name) ?? []);
}

const ROUTE_VERBS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** `route().POST("/login", handler::login)`, `route(POST("/login"), handler::login)`, `POST("/login", handler::login)` of the Kotlin DSL. */
export function functionalRoutes(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap((site) => registered(view, site));
}

function registered(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const method = methodOf(call);
  const bare = ROUTE_VERBS.has(method) && call.callee.kind === "member" && call.args[0]?.kind === "member";
  const [verb, pathExpr, rest] =
    ROUTE_VERBS.has(method) && !bare
      ? [method, call.args[0], call.args.slice(1)]
      : bare
        ? [method, undefined, call.args]
        : nestedRoute(call);
  const own = bare ? "" : textAt(view, view.file, container ?? undefined, pathExpr);
  const entry = rest.find(isHandler);
  if (verb === "" || own === undefined || entry === undefined) return [];
  const path = joinPaths(...nestsAround(view, call), own);
  const names = namesOf(entry);
  const owner = scope?.container ?? container;
  const base = {
    kind: "route",
    method: verb,
    path,
    entry: { expr: entry, scope },
    file: view.file,
    at: call,
    readOnly: SAFE_VERBS.has(verb),
  } as const;
  return [
    { ...base, name: nameOf(names, owner, `${verb} ${path}`), ...(owner === null || owner === undefined ? {} : { container: owner }) },
  ];
}

/** Prefixes of the `nest(path("/tokens"), …)` around a registration, the outermost first. */
function nestsAround(view: FileView, call: CallExpr): readonly (string | undefined)[] {
  return view.calls
    .filter(({ call: one }) => methodOf(one) === "nest" && one.start < call.start && one.end >= call.end && one.args.length > 1)
    .filter(({ call: one }) => one.args.slice(1).some((arg) => arg.start <= call.start && arg.end >= call.end))
    .map(({ call: one, container }) => {
      const [given] = one.args;
      return textAt(view, view.file, container ?? undefined, given?.kind === "call" ? given.args[0] : given);
    });
}

function nameOf(names: readonly string[], owner: ContainerIR | null | undefined, other: string): string {
  const [root, ...members] = names;
  if (root === undefined || members.length === 0) return other;
  return root === "this" && owner ? `${lastOf(owner.name)}.${members.join(".")}` : members[0] === undefined ? other : names.join(".");
}

/** `route(POST("/login"), handler)`, `andRoute(POST("/login").and(accept(JSON)), handler)`. */
function nestedRoute(call: CallExpr): readonly [string, Expr | undefined, readonly Expr[]] {
  if (!/^(?:route|andRoute)$/.test(methodOf(call))) return ["", undefined, []];
  const inner = innermost(call.args[0]);
  return inner === undefined ? ["", undefined, []] : [methodOf(inner), inner.args[0], call.args.slice(1)];
}

function innermost(expr: Expr | undefined): CallExpr | undefined {
  if (expr?.kind !== "call") return undefined;
  if (ROUTE_VERBS.has(methodOf(expr))) return expr;
  return expr.callee.kind === "member" ? innermost(expr.callee.object) : undefined;
}

const isHandler = (expr: Expr): boolean => expr.kind === "function" || expr.kind === "member";
