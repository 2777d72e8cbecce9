import { createRequire } from "node:module";
import express, { type ErrorRequestHandler, type Express } from "express";
import { describe, expect, it } from "vitest";
import { securityContext } from "./express.ts";
import { faultsOf, leave, send } from "./harness/interleaved.ts";
import { serving } from "./harness/servers.ts";
import { sourceOf } from "./harness/source.ts";
import { type Seen, see, work } from "./harness/work.ts";

/** The types of Express 5 fit what is used of both here. */
const express4 = createRequire(import.meta.url)("express4") as typeof express;

describe.each([
  ["Express 4", express4],
  ["Express 5", express],
] as const)("%s", (_, express) => {
  function application(app: Express = express()): Express {
    app.use(securityContext(sourceOf()));
    app.use(express.json());
    return app;
  }

  it("keeps 10,000 interleaved requests apart", { timeout: 120_000 }, async () => {
    const app = express();
    app.get("/health", (_, response) => void response.json(see()));
    application(app);
    app.all("/jobs/:n", (request, response, next) => {
      work(Number(request.params["n"])).then((report) => response.json(report), next);
    });
    expect(await serving(app, (port) => faultsOf({ port, outside: "/health" }))).toEqual([]);
  });

  it("names the route by its template, through routers and applications that are mounted under parameters", async () => {
    const inner = express.Router();
    inner.get("/files/:file", (_, response) => void response.json(see()));
    inner.get("/", (_, response) => void response.json(see()));
    const tenant = express.Router();
    tenant.use((_, __, next) => next());
    tenant.use("/projects/:project", inner);
    const shop = express();
    shop.get("/orders/:order", (_, response) => void response.json(see()));
    tenant.use("/shop/:shop", shop);
    const docs = express();
    docs.get("/pages/:page", (_, response) => void response.json(see()));
    const app = application();
    app.use("/docs/:version", docs);
    app.use("/static", express.static("/nowhere"));
    app.get("/users/:user/keys/:key", (_, response) => void response.json(see()));
    app.use("/tenants/:tenant", (_, __, next) => next());
    app.use("/tenants/:tenant", tenant);

    await serving(app, async (port) => {
      const routeOf = async (path: string) => (JSON.parse((await send(undefined, port, path)).text) as Seen).route;
      expect(await routeOf("/users/7/keys/8?token=x")).toBe("/users/:user/keys/:key");
      expect(await routeOf("/tenants/acme/projects/secret%20one/files/f1")).toBe("/tenants/:tenant/projects/:project/files/:file");
      expect(await routeOf("/tenants/acme/projects/9")).toBe("/tenants/:tenant/projects/:project");
      expect(await routeOf("/docs/v1/pages/2")).toBe("/docs/:version/pages/:page");
      // An application on a router does not know its parent.
      expect(await routeOf("/tenants/acme/shop/4/orders/5")).toBe("*/orders/:order");
    });
  });

  it("keeps the context for those who read the body by events, or hear that the client went away, in mounted applications too", async () => {
    const app = express();
    app.use(securityContext(sourceOf()));
    const shop = express();
    app.use("/shop", shop);
    const closed: Promise<Seen>[] = [];
    for (const one of [app, shop]) {
      one.post("/upload", (request, response) => void request.resume().on("end", () => response.json(see())));
      one.post("/hang", (request, response) => {
        for (const emitter of [request, response]) closed.push(new Promise((resolve) => emitter.on("close", () => resolve(see()))));
        response.flushHeaders();
        request.resume();
      });
    }
    await serving(app, async (port) => {
      for (const mount of ["", "/shop"]) {
        const { text } = await send(undefined, port, `${mount}/upload`, "x".repeat(200_000), { "x-request-id": "up" });
        expect(JSON.parse(text)).toMatchObject({ id: "up", route: `${mount}/upload` });
        await leave(port, `${mount}/hang`, "gone");
      }
      const seen = await Promise.all(closed);
      expect(seen.map(({ id, ip }) => `${id} ${ip}`)).toEqual(Array.from({ length: 4 }, () => "gone 127.0.0.1"));
    });
  });

  it("keeps the context in error handlers, of handlers that throw and of bodies that cannot be parsed", async () => {
    const app = application();
    app.get("/throws", () => {
      throw new Error("as planned");
    });
    const onError: ErrorRequestHandler = (_, __, response, ___) => void response.status(500).json(see());
    app.use(onError);
    await serving(app, async (port) => {
      const thrown = await send(undefined, port, "/throws", undefined, { "x-request-id": "one" });
      expect(JSON.parse(thrown.text)).toMatchObject({ id: "one", route: "/throws" });
      const unparsed = await send(undefined, port, "/throws", "{nonsense", { "x-request-id": "two" });
      expect(JSON.parse(unparsed.text)).toMatchObject({ id: "two", method: "POST" });
    });
  });
});
