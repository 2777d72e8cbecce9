import type { INestApplication } from "@nestjs/common";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, send } from "./harness/interleaved.ts";
import { nestApplication, noted } from "./harness/nest-application.ts";
import { sourceOf } from "./harness/source.ts";

describe.each(["main", "module"] as const)("NestJS on Express, middleware in the %s", (place) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    app = await nestApplication(sourceOf(), place);
    await app.listen(0, "127.0.0.1");
    port = (app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => app.close());

  it("keeps interleaved requests apart", { timeout: 120_000 }, async () => {
    const requests = place === "main" ? 10_000 : 2_000;
    expect(await faultsOf({ port, requests, path: (n) => `/api/jobs/${n}`, route: "/api/jobs/:n" })).toEqual([]);
  });

  it("keeps the context in guards, interceptors and filters", async () => {
    const own = { id: "one", route: "/api/jobs/at/guarded/:id", ip: "127.0.0.1" };
    const { text } = await send(undefined, port, "/api/jobs/at/guarded/7", '{"a":1}', { "x-request-id": "one" });
    expect(JSON.parse(text)).toMatchObject(own);
    expect(noted).toMatchObject({ guard: own, interceptor: own });

    const thrown = await send(undefined, port, "/api/jobs/at/throws", undefined, { "x-request-id": "two" });
    expect(JSON.parse(thrown.text)).toMatchObject({ id: "two", route: "/api/jobs/at/throws" });
  });

  it.runIf(place === "main")("keeps the context in filters for bodies that cannot be parsed", async () => {
    const unparsed = await send(undefined, port, "/api/jobs/at/guarded/7", "{nonsense", { "x-request-id": "three" });
    expect(JSON.parse(unparsed.text)).toMatchObject({ id: "three" });
  });
});
