import { Router } from "@koa/router";
import Koa from "koa";
import { describe, expect, it } from "vitest";
import { currentContext } from "../context/store.ts";
import { withSecurityContext } from "./http.ts";
import { faultsOf, send } from "./harness/interleaved.ts";
import { serving } from "./harness/servers.ts";
import { sourceOf } from "./harness/source.ts";
import { type Seen, see, work } from "./harness/work.ts";
import { securityContext } from "./koa.ts";

/** Reads the body by events, as parsers do. */
function bodyOf(context: Koa.Context): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    context.req.on("data", (chunk: Buffer) => (text += chunk.toString()));
    context.req.on("end", () => resolve(text));
    context.req.on("error", reject);
  });
}

describe("Koa", () => {
  it("keeps 10,000 interleaved requests apart", { timeout: 120_000 }, async () => {
    const app = new Koa();
    app.use(async (context, next) => {
      if (context.path === "/health") context.body = see();
      else await next();
    });
    app.use(securityContext(sourceOf()));
    app.use(async (context, next) => {
      if (context.method === "POST") await bodyOf(context);
      await next();
    });
    app.use(async (context) => {
      context.body = await work(Number(context.path.slice("/jobs/".length)));
    });
    expect(await serving(app.callback(), (port) => faultsOf({ port, route: undefined, outside: "/health" }))).toEqual([]);
  });

  it("keeps the context in middleware that catches errors, and in listeners that parse the body", async () => {
    const app = new Koa();
    let parsed: Seen | undefined;
    app.use(securityContext(sourceOf()));
    app.use(async (context, next) => {
      await next().catch(() => {
        context.status = 500;
        context.body = see();
      });
    });
    app.use(async (context) => {
      context.req.on("end", () => (parsed = see()));
      await bodyOf(context);
      throw new Error("as planned");
    });
    await serving(app.callback(), async (port) => {
      const { text } = await send(undefined, port, "/", "x".repeat(100_000), { "x-request-id": "one" });
      expect(JSON.parse(text)).toMatchObject({ id: "one" });
      expect(parsed).toMatchObject({ id: "one" });
    });
  });

  it("knows the route of @koa/router by its template, in nested routers too", async () => {
    const users = new Router({ prefix: "/users" });
    users.get("/:id", (context) => {
      context.body = currentContext()?.request;
    });
    const all = new Router();
    all.use("/api", users.routes());
    const app = new Koa();
    app.use(securityContext(sourceOf()));
    app.use(all.routes());
    await serving(app.callback(), async (port) => {
      const { text } = await send(undefined, port, "/api/users/7?token=x");
      expect(JSON.parse(text)).toMatchObject({ method: "GET", route: "/api/users/:id" });
    });
  });

  it("reaches listeners of the application's errors when its callback is wrapped", async () => {
    const app = new Koa();
    let heard: Seen | undefined;
    app.on("error", () => (heard = see()));
    app.use(() => {
      throw new Error("as planned");
    });
    await serving(withSecurityContext(sourceOf(), app.callback()), async (port) => {
      await send(undefined, port, "/", undefined, { "x-request-id": "one" });
      expect(heard).toMatchObject({ id: "one" });
    });
  });
});
