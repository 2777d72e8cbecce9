import type { EventEmitter } from "node:events";
import type { NodeRequest } from "./node.ts";

/** What is read of a request of Express 4 or 5. */
export interface ExpressRequest extends NodeRequest {
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  readonly route?: Route;
  /** An {@link ExpressApplication}, whose published types leave out what is read here. */
  readonly app?: unknown;
}

interface Route {
  readonly path?: unknown;
}

export interface ExpressApplication {
  /** Prototypes of its requests and responses. */
  readonly request?: EventEmitter;
  readonly response?: EventEmitter;
  readonly parent?: ExpressApplication;
  /** Express 5. */
  readonly router?: Router;
  /** Express 4, where reading `router` throws. */
  readonly _router?: Router;
}

interface Router {
  readonly stack?: readonly Layer[];
}

interface Layer {
  readonly route?: Route;
  readonly handle?: Router & { readonly name?: string };
  /** Answers whether the path begins with the layer's own; newer ones with what they found, older ones write it onto themselves. */
  readonly match: (path: string) => boolean | Match;
  readonly path?: string;
  readonly params?: Match["params"];
}

interface Match {
  readonly path?: string;
  readonly params?: { readonly [name: string]: unknown };
}

/** Stands for mount paths that cannot be found again: `baseUrl` holds what the client wrote, which must not be logged. */
const UNKNOWN_MOUNT = "*";

/** Template of the route that handles the request, as far as the router has come; `undefined` before it has chosen one. */
export function expressRoute(request: ExpressRequest): string | undefined {
  const { route, baseUrl } = request;
  const path = route && templateOf(route.path);
  if (path === undefined) return undefined;
  if (!baseUrl) return path;
  return join(mountOf(request, baseUrl) ?? UNKNOWN_MOUNT, path);
}

function templateOf(path: unknown): string | undefined {
  if (Array.isArray(path)) return path.map(templateOf).join("|");
  return path === undefined ? undefined : String(path);
}

function join(mount: string, path: string): string {
  return path === "/" ? mount : mount + path;
}

/**
 * The template of `baseUrl`. Express keeps only the text that matched, so the mounted routers are followed once more, from the
 * outermost application; done only when an event is recorded in a mounted router.
 */
function mountOf(request: ExpressRequest, baseUrl: string): string | undefined {
  const applications = lineOf(request.app as ExpressApplication | undefined);
  const path = request.originalUrl?.split("?", 1)[0] ?? baseUrl;
  return applications[0] && follow({ route: request.route!, applications }, stackOf(applications[0]), path, baseUrl, 0);
}

/** Outermost first. */
function lineOf(application: ExpressApplication | undefined): ExpressApplication[] {
  const line: ExpressApplication[] = [];
  for (let one = application; one !== undefined && line.length < 20; one = one.parent) line.unshift(one);
  return line;
}

function stackOf(application: ExpressApplication | undefined): readonly Layer[] {
  const { _router: older } = application ?? {};
  return (older ?? application?.router)?.stack ?? [];
}

interface Wanted {
  readonly route: Route;
  readonly applications: readonly ExpressApplication[];
}

/** Template of what is left of `baseUrl` on the way to the route; `depth` counts the applications that were entered. */
function follow(wanted: Wanted, stack: readonly Layer[], path: string, left: string, depth: number): string | undefined {
  for (const layer of stack) {
    if (layer.route !== undefined) {
      if (left === "" && layer.route === wanted.route) return "";
      continue;
    }
    const isApplication = layer.handle?.name === "mounted_app";
    const inner = isApplication ? stackOf(wanted.applications[depth + 1]) : layer.handle?.stack;
    if (inner === undefined) continue;
    const match = matchOf(layer, path);
    const matched = match?.path?.replace(/\/$/, "");
    if (matched === undefined || !left.startsWith(matched)) continue;
    const rest = follow(wanted, inner, path.slice(matched.length) || "/", left.slice(matched.length), depth + (isApplication ? 1 : 0));
    if (rest !== undefined) return withNames(matched, match?.params) + rest;
  }
  return undefined;
}

/** Older layers write what they find onto themselves: they are asked through an object of ours, so that requests under way are left alone. */
function matchOf(layer: Layer, path: string): Match | undefined {
  const probe = Object.create(layer) as Layer;
  const answer = probe.match(path);
  if (!answer) return undefined;
  return answer === true ? probe : answer;
}

/** The names of parameters in the place of their values. */
function withNames(path: string, params: Match["params"] = {}): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, name]));
  if (names.size === 0) return path;
  return path
    .split("/")
    .map((segment) => (names.has(decoded(segment)) ? `:${names.get(decoded(segment))}` : segment))
    .join("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
