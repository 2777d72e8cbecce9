import { initTRPC, TRPCError } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import express from "express";
import { describe, expect, it } from "vitest";
import { identify } from "../context/store.ts";
import * as expressAdapter from "./express.ts";
import { faultsOf, send } from "./harness/interleaved.ts";
import { serving } from "./harness/servers.ts";
import { sourceOf } from "./harness/source.ts";
import { type Report, type Seen, see, work } from "./harness/work.ts";
import { securityContext, securityRequest } from "./trpc.ts";

interface Caller {
  readonly caller: string;
}

const t = initTRPC.context<Caller>().create();
const procedure = t.procedure.use(securityContext(sourceOf()));
const withUser = procedure.use(({ ctx, next }) => next({ ctx: { ...ctx, user: ctx.caller } }));
const router = t.router({
  work: withUser.input(Number).query(({ input }) => work(input)),
  workOn: procedure.input((value: unknown) => (value as { readonly n: number }).n).mutation(({ input }) => work(input)),
  user: t.router({
    see: withUser.query(({ ctx }) => ({ ...see(), user: ctx.user })),
    signIn: procedure.query(async () => {
      identify({ id: "signed-in" });
      return see();
    }),
  }),
  refuse: procedure.query(() => {
    throw new TRPCError({ code: "FORBIDDEN", message: JSON.stringify(see()) });
  }),
});

/** Reports of a batch of one or of a call alone. */
function reportOf(text: string): Report {
  return (JSON.parse(text) as { readonly result: { readonly data: Report } }).result.data;
}

function dataOf(text: string): readonly Seen[] {
  return (JSON.parse(text) as { result: { data: Seen } }[]).map(({ result }) => result.data);
}

describe("tRPC", () => {
  it("keeps 10,000 interleaved requests apart, on its own server", { timeout: 120_000 }, async () => {
    const server = createHTTPServer({ router, createContext: (options) => ({ ...securityRequest(options), caller: "x" }) });
    const faults = await serving(server, (port) =>
      faultsOf({ port, path: (n) => `/work?input=${n}`, body: () => undefined, report: reportOf, route: "work" }),
    );
    expect(faults).toEqual([]);
  });

  it("keeps mutations with bodies apart", { timeout: 60_000 }, async () => {
    const server = createHTTPServer({ router, createContext: (options) => ({ ...securityRequest(options), caller: "x" }) });
    const faults = await serving(server, (port) =>
      faultsOf({ port, requests: 1_000, path: () => "/workOn", body: (n) => JSON.stringify({ n }), report: reportOf, route: "workOn" }),
    );
    expect(faults).toEqual([]);
  });

  it("gives the procedures of a batch one request, with a route each", async () => {
    const server = createHTTPServer({ router, createContext: (options) => ({ ...securityRequest(options), caller: "x" }) });
    await serving(server, async (port) => {
      const [seen, signedIn] = dataOf((await send(undefined, port, "/user.see,user.signIn?batch=1")).text);
      expect(seen).toMatchObject({ route: "user.see", user: "x", ip: "127.0.0.1", method: "GET" });
      expect(signedIn).toMatchObject({ route: "user.signIn", id: seen!.id, actor: "signed-in" });
      const [other] = dataOf((await send(undefined, port, "/user.see?batch=1")).text);
      expect(other!.actor).toBeUndefined();
      expect(other!.id).not.toBe(seen!.id);
    });
  });

  it("keeps the context where a procedure refuses", async () => {
    const server = createHTTPServer({ router, createContext: (options) => ({ ...securityRequest(options), caller: "x" }) });
    await serving(server, async (port) => {
      const { status, text } = await send(undefined, port, "/refuse", undefined, { "x-request-id": "one" });
      expect(status).toBe(403);
      expect(text).toContain(String.raw`\"id\":\"one\"`);
      expect(text).toContain(String.raw`\"route\":\"refuse\"`);
    });
  });

  it("goes on with the context of the framework below", async () => {
    const app = express();
    app.use(expressAdapter.securityContext(sourceOf()));
    app.use("/trpc", createExpressMiddleware({ router, createContext: () => ({ caller: "x" }) }));
    await serving(app, async (port) => {
      const [seen] = dataOf((await send(undefined, port, "/trpc/user.see?batch=1", undefined, { "x-request-id": "one" })).text);
      expect(seen).toMatchObject({ id: "one", route: "user.see", ip: "127.0.0.1" });
    });
  });

  it("reads requests of the fetch API, and works without any", async () => {
    const req = new Request("http://shop.example/trpc/user.see", { headers: { "x-request-id": "one", "user-agent": "agent" } });
    const options = { endpoint: "/trpc", req, router };
    const told = await fetchRequestHandler({
      ...options,
      createContext: () => ({ ...securityRequest({ req }, "192.0.2.7"), caller: "x" }),
    });
    expect(reportOf(await told.text())).toMatchObject({ id: "one", agent: "agent", ip: "192.0.2.7", route: "user.see" });
    const untold = await fetchRequestHandler({ ...options, createContext: () => ({ caller: "x" }) });
    expect(reportOf(await untold.text())).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), route: "user.see" });
  });
});
