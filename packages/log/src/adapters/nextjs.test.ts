import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentContext } from "../context/store.ts";
import { faultsOf } from "./harness/interleaved.ts";
import { nextApplication, type NextApplication } from "./harness/next-application.ts";
import { sourceOf } from "./harness/source.ts";
import { type Report, see } from "./harness/work.ts";
import { withSecurityAction, withSecurityContext } from "./nextjs.ts";

/** What an action returned, in the stream of React: its second row. */
function returned(text: string): Report {
  const row = text.split("\n").find((line) => line.startsWith("1:"));
  if (row === undefined) throw new Error(`no result in ${text}`);
  return JSON.parse(row.slice(2), (_, value: unknown) => (value === "$undefined" ? undefined : value)) as Report;
}

function actionHeaders(app: NextApplication, name: string) {
  return {
    "next-action": app.action(name),
    "content-type": "text/plain;charset=UTF-8",
    accept: "text/x-component",
    origin: `http://127.0.0.1:${app.port}`,
  };
}

describe("Next.js, built for production", () => {
  let app: NextApplication;
  beforeAll(async () => void (app = await nextApplication()), 240_000);
  afterAll(() => app?.close());

  it("keeps 2,000 interleaved requests to a route handler apart", { timeout: 120_000 }, async () => {
    expect(await faultsOf({ port: app.port, requests: 2_000, route: "/jobs/[n]" })).toEqual([]);
  });

  it("keeps 500 interleaved server actions apart, with headers imported by the adapter", { timeout: 120_000 }, async () => {
    const headers = () => actionHeaders(app, "workOn");
    const load = { port: app.port, requests: 500, path: () => "/form", body: (n: number) => `[${n}]`, headers, report: returned };
    expect(await faultsOf({ ...load, route: "/form" })).toEqual([]);
  });

  it("lets redirects of an action through", async () => {
    const headers = { ...actionHeaders(app, "leave"), "x-request-id": "leaving" };
    const { status, redirect } = await sendForRedirect(app.port, headers);
    expect(status).toBeLessThan(400);
    expect(redirect).toContain("id=leaving");
  });
});

async function sendForRedirect(port: number, headers: Record<string, string>) {
  const response = await fetch(`http://127.0.0.1:${port}/form`, { method: "POST", body: "[]", headers, redirect: "manual" });
  await response.arrayBuffer();
  return { status: response.status, redirect: response.headers.get("x-action-redirect") };
}

describe("the wrappers, outside of Next.js", () => {
  it("run an action without a request, and one whose headers are passed in", async () => {
    const alone = withSecurityAction(sourceOf(), async (n: number) => [n, see()] as const);
    expect(await alone(7)).toEqual([7, { id: expect.stringMatching(/^[0-9a-f-]{36}$/), method: "POST" }]);
    const headers = async () => new Headers({ "x-request-id": "passed" });
    const passed = withSecurityAction(sourceOf(), async () => see(), { headers, route: "/login", peer: () => "192.0.2.7" });
    expect(await passed()).toMatchObject({ id: "passed", route: "/login", ip: "192.0.2.7" });
    expect(currentContext()).toBeUndefined();
  });

  it("believe a forwarding header by hops alone, because the socket is hidden", async () => {
    const request = new Request("http://shop.example/", { headers: { "x-forwarded-for": "6.6.6.6, 192.0.2.7" } });
    const ipFor = (trustProxy: number | string[] | undefined) => withSecurityContext(sourceOf({ trustProxy }), () => see().ip)(request);
    expect(ipFor(undefined)).toBeUndefined();
    expect(ipFor(["loopback"])).toBeUndefined();
    expect(ipFor(1)).toBe("192.0.2.7");
    const told = withSecurityContext(sourceOf(), () => see().ip, { peer: () => "198.51.100.1" });
    expect(told(request)).toBe("198.51.100.1");
  });

  it("keep a fault of the application's own `peer` out of the request", () => {
    const peer = () => {
      throw new Error("as planned");
    };
    const request = new Request("http://shop.example/", { headers: { "x-request-id": "one" } });
    expect(withSecurityContext(sourceOf(), () => see(), { peer })(request)).toMatchObject({ id: "one" });
  });
});
