import type { Actor, RequestFacts, Source } from "../record.ts";
import { methodOf, userAgentOf } from "./client-facts.ts";
import { clientOf } from "./client.ts";
import { generatedId, requestIdOf, traceOf } from "./identifiers.ts";
import type { Incoming } from "./incoming.ts";
import type { ContextSettings } from "./settings.ts";

/** What is known of one request. All but the subject stands from the start; the subject changes by `identify` alone. */
export interface RequestContext {
  /** Made anew at each reading, with the route as far as the router has come by then. Never throws. */
  readonly request: RequestFacts;
  readonly source?: Source;
  readonly userAgent?: string;
  readonly actor?: Actor;
  readonly tenant?: string;
  /** Keyed hash of the session's identifier. */
  readonly session?: string;
  /** A part of the same request under a route of its own (one of several procedures in a batch); it shares the subject. */
  readonly at: (route: () => string | undefined) => RequestContext;
}

/** Who a request belongs to: one box a request, so that work which began before `identify` sees it too. */
export interface Subject {
  actor?: Actor;
  tenant?: string;
  session?: string;
}

/** Facts that are read at once: a socket forgets its peer when it closes, and a middleware may change headers. */
interface Facts {
  /** Without the route. */
  readonly arrival: RequestFacts;
  readonly source?: Source;
  readonly userAgent?: string;
}

type Router = Pick<Incoming, "route">;

/** Longest template that is kept; it is the application's own text. */
const ROUTE_LENGTH = 512;

/**
 * A class for speed. It has no private names: a bundler may put this file into a process several times, and each copy
 * must read the contexts of the others.
 */
class Context implements RequestContext {
  readonly arrival: RequestFacts;
  readonly source?: Source;
  readonly userAgent?: string;
  readonly subject: Subject;
  readonly router: Router;

  constructor(facts: Facts, subject: Subject, router: Router) {
    this.arrival = facts.arrival;
    this.source = facts.source;
    this.userAgent = facts.userAgent;
    this.subject = subject;
    this.router = router;
  }

  get actor(): Actor | undefined {
    return this.subject.actor;
  }
  get tenant(): string | undefined {
    return this.subject.tenant;
  }
  get session(): string | undefined {
    return this.subject.session;
  }

  get request(): RequestFacts {
    const { id, method, trace_id, span_id } = this.arrival;
    return { id, method, route: routeOf(this.router), trace_id, span_id };
  }

  at(route: () => string | undefined): RequestContext {
    return new Context(this, this.subject, { route });
  }
}

function routeOf(router: Router): string | undefined {
  try {
    const route: unknown = router?.route?.();
    return typeof route === "string" && route !== "" ? route.slice(0, ROUTE_LENGTH) : undefined;
  } catch {
    return undefined;
  }
}

/** The context of a request. Never throws: what an adapter cannot tell is missing, and an ID is always there. */
export function contextOf(incoming: Incoming, settings: ContextSettings): RequestContext {
  return new Context(factsOf(incoming, settings), {}, incoming);
}

function factsOf(incoming: Incoming, settings: ContextSettings): Facts {
  try {
    const header = (name: string) => textOf(incoming.header(name));
    const trace = traceOf(header("traceparent"));
    return {
      arrival: {
        id: requestIdOf(header, settings.requestIdHeaders) ?? trace?.trace ?? generatedId(),
        method: methodOf(incoming.method),
        trace_id: trace?.trace,
        span_id: trace?.span,
      },
      source: clientOf(peerOf(incoming), settings.addressHeader, header(settings.addressHeader), settings.trust),
      userAgent: userAgentOf(header("user-agent")),
    };
  } catch {
    return { arrival: { id: generatedId() } };
  }
}

/** Often asked of a function of the application, whose fault must not cost the rest. */
function peerOf(incoming: Incoming): string | undefined {
  try {
    return textOf(incoming.peer);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
