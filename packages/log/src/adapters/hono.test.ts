import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { faultsOf, send } from "./harness/interleaved.ts";
import { sourceOf } from "./harness/source.ts";
import { type Seen, see, work } from "./harness/work.ts";
import { securityContext } from "./hono.ts";

async function serving<T>(app: Hono, fn: (port: number) => Promise<T>): Promise<T> {
  let server: ServerType | undefined;
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info: AddressInfo) => resolve(info.port));
  });
  try {
    return await fn(port);
  } finally {
    await new Promise((resolve) => server!.close(resolve));
  }
}

describe("Hono on @hono/node-server", () => {
  it("keeps 10,000 interleaved requests apart", { timeout: 120_000 }, async () => {
    const app = new Hono();
    app.get("/health", (c) => c.json(see()));
    app.use(securityContext(sourceOf()));
    app.use(async (c, next) => {
      if (c.req.method === "POST") await c.req.json();
      await next();
    });
    app.on(["GET", "POST"], "/jobs/:n", async (c) => c.json(await work(Number(c.req.param("n")))));
    expect(await serving(app, (port) => faultsOf({ port, outside: "/health" }))).toEqual([]);
  });

  it("names the route by its template, of mounted applications and in middleware before the handler", async () => {
    const app = new Hono();
    const seen: Seen[] = [];
    app.use(securityContext(sourceOf()));
    const tenant = new Hono();
    tenant.use("/users/*", async (_, next) => (seen.push(see()), next()));
    tenant.get("/users/:user", (c) => c.json(see()));
    tenant.all("/any/:thing", (c) => c.json(see()));
    app.route("/tenants/:tenant", tenant);
    app.onError((_, c) => c.json(see(), 500));
    app.notFound((c) => c.json(see(), 404));
    app.get("/throws", () => {
      throw new Error("as planned");
    });
    await serving(app, async (port) => {
      const ask = async (path: string) => JSON.parse((await send(undefined, port, path, undefined, { "x-request-id": path })).text) as Seen;
      expect(await ask("/tenants/acme/users/7")).toMatchObject({ route: "/tenants/:tenant/users/:user", ip: "127.0.0.1" });
      expect(seen[0]!.route).toBe("/tenants/:tenant/users/:user");
      expect((await ask("/tenants/acme/any/7")).route).toBe("/tenants/:tenant/any/:thing");
      expect(await ask("/throws")).toMatchObject({ id: "/throws", route: "/throws" });
      const missing = await ask("/nowhere");
      expect(missing.id).toBe("/nowhere");
      expect(missing.route).toBeUndefined();
    });
  });

  it("takes the address from where the platform has it", async () => {
    const app = new Hono();
    app.use(securityContext(sourceOf(), { peer: (c) => c.req.header("cf-connecting-ip") }));
    app.get("/", (c) => c.json(see()));
    const answer = await app.request("/", { headers: { "cf-connecting-ip": "2001:DB8::7", "x-request-id": "one" } });
    expect(await answer.json()).toMatchObject({ id: "one", ip: "2001:db8::7" });
  });
});
