import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incoming } from "./incoming.ts";
import { contextOf } from "./request-context.ts";
import { type ContextOptions, contextSettings } from "./settings.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

function requestOf(headers: { readonly [name: string]: string }, options: ContextOptions = {}) {
  return contextOf({ header: (name) => headers[name] }, contextSettings(options)).request;
}

describe("the request's ID", () => {
  it("is x-request-id, else the trace, else a new one each time", () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    expect(requestOf({ "x-request-id": "abc-1", traceparent })).toMatchObject({ id: "abc-1", trace_id: TRACE, span_id: SPAN });
    expect(requestOf({ traceparent })).toMatchObject({ id: TRACE, trace_id: TRACE, span_id: SPAN });
    const [one, two] = [requestOf({}), requestOf({})];
    expect(one.id).toMatch(UUID);
    expect(one.id).not.toBe(two.id);
    expect(one.trace_id).toBeUndefined();
  });

  it.each(["", "a b", "a\nb", "a\0", 'a"b', "a'b", "a,b", "ä", "\u202e", "x".repeat(129), "{}", "a\u2028"])("is never %j", (id) => {
    expect(requestOf({ "x-request-id": id }).id).toMatch(UUID);
  });

  it.each(["x".repeat(128), "1-67891233-abcdef", "a/b+c=d@e:f.g_h"])("may be %s", (id) => {
    expect(requestOf({ "x-request-id": id }).id).toBe(id);
  });

  it("is read from the headers that are named, the first fit one", () => {
    const requestIdHeaders = ["X-Correlation-ID", "cf-ray", "x-amzn-trace-id", "x-cloud-trace-context"];
    const idOf = (headers: { readonly [name: string]: string }) => requestOf(headers, { requestIdHeaders }).id;
    expect(idOf({ "x-correlation-id": "not fit", "cf-ray": "8f1c2d3e4f5a6b7c-AMS" })).toBe("8f1c2d3e4f5a6b7c-AMS");
    expect(idOf({ "x-amzn-trace-id": "Self=1-2-3;Root=1-67891233-abcdef012345678912345678;Sampled=1" })).toBe(
      "1-67891233-abcdef012345678912345678",
    );
    expect(idOf({ "x-cloud-trace-context": "105445aa7843bc8bf206b12000100000/1;o=1" })).toBe("105445aa7843bc8bf206b12000100000");
    expect(idOf({ "x-request-id": "unnamed" })).toMatch(UUID);
  });
});

describe("traceparent", () => {
  it.each([
    [`00-${TRACE}-${SPAN}-00`, TRACE],
    [`01-${TRACE}-${SPAN}-01`, TRACE],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-brings`, TRACE],
    [`cc-${TRACE}-${SPAN}-01.what`, undefined],
    [`00-${TRACE}-${SPAN}-01-more`, undefined],
    [`ff-${TRACE}-${SPAN}-01`, undefined],
    [`00-${"0".repeat(32)}-${SPAN}-01`, undefined],
    [`00-${TRACE}-${"0".repeat(16)}-01`, undefined],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`, undefined],
    [`00-${TRACE}-${SPAN}`, undefined],
    [`00-${TRACE}-${SPAN}-0g`, undefined],
    [` 00-${TRACE}-${SPAN}-01`, undefined],
    [`00-${TRACE}-${SPAN}-01\n`, undefined],
    [`00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`, undefined],
  ])("%j", (traceparent, trace) => expect(requestOf({ traceparent }).trace_id).toBe(trace));
});

describe("method, route and user agent", () => {
  const settings = contextSettings();
  const nothing = { header: () => undefined };

  it("keep to verbs that HTTP knows, in upper case", () => {
    const methodOf = (method: string | undefined) => contextOf({ ...nothing, method }, settings).request.method;
    expect(["GET", "patch", "PROPFIND", "GOT", "GET\n", "", undefined, "__proto__"].map(methodOf)).toEqual([
      ...["GET", "PATCH", "PROPFIND", undefined, undefined, undefined, undefined, undefined],
    ]);
  });

  it("ask for the route when it is read, and survive a router that throws", () => {
    let route: string | undefined;
    const context = contextOf({ ...nothing, route: () => route }, settings);
    expect(context.request.route).toBeUndefined();
    route = "/users/:id";
    expect(context.request.route).toBe("/users/:id");
    expect(context.at(() => "part").request).toEqual({ ...context.request, route: "part" });
    const throwing = contextOf({ ...nothing, route: () => expect.fail("as planned") }, settings);
    expect(throwing.request.route).toBeUndefined();
  });

  it("bound the user agent and keep controls out of it", () => {
    const agentOf = (agent: string) => contextOf({ header: (name) => (name === "user-agent" ? agent : undefined) }, settings).userAgent;
    expect(agentOf("Mozilla/5.0 (X11)")).toBe("Mozilla/5.0 (X11)");
    expect(agentOf("a".repeat(5_000))).toHaveLength(512);
    expect(agentOf("a\u001b[31mred\r\nforged\u2028line\u202eback")).toBe("a [31mred forged line back");
    expect(agentOf(`${"a".repeat(511)}😀`)).toBe("a".repeat(511));
    expect(agentOf("\u0000\u0007")).toBeUndefined();
    expect(agentOf("")).toBeUndefined();
  });
});

describe("whatever arrives", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string({ maxLength: 3_000 }));

  it("id, trace, method and user agent keep their grammar", () => {
    const settings = contextSettings({ trustProxy: true, requestIdHeaders: ["x-request-id", "x-amzn-trace-id"] });
    const header = fc.option(text, { nil: undefined });
    fc.assert(
      fc.property(fc.array(header, { minLength: 6, maxLength: 6 }), ([id, amazon, traceparent, agent, method, peer]) => {
        const headers: { [name: string]: string | undefined } = { "x-request-id": id, "x-amzn-trace-id": amazon, traceparent };
        headers["user-agent"] = agent;
        const { request, userAgent } = contextOf({ method, peer, header: (name) => headers[name] }, settings);
        expect(request.id).toMatch(/^[A-Za-z0-9._:@/+=-]{1,128}$/);
        expect(request.trace_id ?? TRACE).toMatch(/^[0-9a-f]{32}$/);
        expect(request.method ?? "GET").toMatch(/^[A-Z-]+$/);
        expect(userAgent ?? "x").toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]{1,512}$/u);
      }),
      { numRuns: 3_000 },
    );
  });

  it("a broken adapter costs the facts, not the request", () => {
    const broken: unknown[] = [
      undefined,
      null,
      {},
      { header: () => expect.fail("as planned") },
      { header: () => 7, method: 7, peer: {}, route: 7 },
      new Proxy({}, { get: () => expect.fail("as planned") }),
    ];
    for (const incoming of broken) expect(contextOf(incoming as Incoming, contextSettings()).request.id).toMatch(UUID);
  });
});
