import fastify5 from "fastify";
import fastify4 from "fastify4";
import { describe, expect, it } from "vitest";
import { currentContext } from "../context/store.ts";
import { securityContext } from "./fastify.ts";
import { faultsOf, send } from "./harness/interleaved.ts";
import { sourceOf } from "./harness/source.ts";
import { type Seen, see, work } from "./harness/work.ts";

describe.each([
  ["Fastify 4", fastify4 as unknown as typeof fastify5],
  ["Fastify 5", fastify5],
] as const)("%s", (_, fastify) => {
  async function serving<T>(app: ReturnType<typeof fastify5>, fn: (port: number) => Promise<T>): Promise<T> {
    await app.listen({ port: 0, host: "127.0.0.1" });
    try {
      return await fn(app.addresses()[0]!.port);
    } finally {
      await app.close();
    }
  }

  it("keeps 10,000 interleaved requests apart, in encapsulated plugins too", { timeout: 120_000 }, async () => {
    const app = fastify();
    await app.register(securityContext(sourceOf()));
    await app.register(
      async (inner) => {
        inner.route({
          method: ["GET", "POST"],
          url: "/:n",
          handler: (request) => work(Number((request.params as { readonly n: string }).n)),
        });
      },
      { prefix: "/jobs" },
    );
    expect(await serving(app, (port) => faultsOf({ port }))).toEqual([]);
  });

  it("keeps the context in hooks of either kind, around the parser of the body, and after the response", async () => {
    const app = fastify();
    const seen: [string, Seen][] = [];
    const note = (hook: string) => void seen.push([hook, see()]);
    await app.register(securityContext(sourceOf()));
    app.addHook("onRequest", async () => note("onRequest"));
    app.addHook("preParsing", (_, __, payload, done) => (note("preParsing"), done(null, payload)));
    app.addHook("preValidation", async () => note("preValidation"));
    app.addHook("preHandler", (_, __, done) => (note("preHandler"), done()));
    app.addHook("onSend", async () => note("onSend"));
    const responded = new Promise<void>((resolve) => {
      app.addHook("onResponse", (_, __, done) => (note("onResponse"), done(), resolve()));
    });
    app.addContentTypeParser("text/plain", { parseAs: "string" }, async (_: unknown, body: unknown) => (note("parser"), body));
    app.post("/users/:id", async () => (note("handler"), "ok"));

    await serving(app, async (port) => {
      await send(undefined, port, "/users/7", "x".repeat(200_000), { "x-request-id": "it", "content-type": "text/plain" });
      await responded;
    });
    expect(seen.map(([hook]) => hook)).toEqual([
      ...["onRequest", "preParsing", "parser", "preValidation", "preHandler", "handler", "onSend", "onResponse"],
    ]);
    for (const [hook, { id, route }] of seen) expect([hook, id, route]).toEqual([hook, "it", "/users/:id"]);
  });

  it("keeps the context in the error handler, of handlers that throw and of bodies that cannot be parsed, and where nothing is found", async () => {
    const app = fastify();
    await app.register(securityContext(sourceOf()));
    app.setErrorHandler((_, __, reply) => void reply.code(500).send(see()));
    app.setNotFoundHandler((_, reply) => void reply.code(404).send(see()));
    app.get("/throws", async () => {
      throw new Error("as planned");
    });
    app.post("/body", async () => "never");
    await serving(app, async (port) => {
      const ask = async (path: string, id: string, body?: string) =>
        JSON.parse((await send(undefined, port, path, body, { "x-request-id": id })).text) as Seen;
      expect(await ask("/throws", "one")).toMatchObject({ id: "one", route: "/throws" });
      expect(await ask("/body", "two", "{nonsense")).toMatchObject({ id: "two", route: "/body" });
      const missing = await ask("/nowhere", "three");
      expect(missing.id).toBe("three");
      expect(missing.route).toBeUndefined();
    });
  });

  it("works with injected requests", async () => {
    const app = fastify();
    await app.register(securityContext(sourceOf()));
    app.get("/me", async () => see());
    const answer = await app.inject({ method: "GET", url: "/me", headers: { "x-request-id": "injected" } });
    expect(answer.json()).toMatchObject({ id: "injected", route: "/me", ip: "127.0.0.1" });
    expect(currentContext()).toBeUndefined();
    await app.close();
  });
});
