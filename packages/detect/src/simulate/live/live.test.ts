import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { attackOverHttp, lineOf, presets, replay, simulate } from "../index.ts";
import type { HttpAttackClass, SimulatedEvent } from "../index.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Received {
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly forwarded: boolean;
}

/** An application with a log-in form; `ada` has the password of everybody. */
async function application(status = 401): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { headers, url = "" } = request;
      const forwarded = "x-forwarded-for" in headers || "forwarded" in headers;
      received.push({ path: url, type: headers["content-type"] ?? "", body, forwarded });
      response.writeHead(status, status === 302 ? { location: "http://192.0.2.1/" } : {}).end("no");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const fast = { rate: 1e9, tries: 40 };

describe("an attack over HTTP", () => {
  it.each<[HttpAttackClass, number, number]>([
    ["brute_force_account", 1, 1],
    ["brute_force_source", 5, 5],
    ["credential_stuffing", 40, 40],
    ["password_spraying", 10, 10],
    ["enumeration", 40, 40],
  ])("%s tries so many names", async (name, fewest, most) => {
    const { url, received } = await application();
    const report = await attackOverHttp({ url, class: name, ...fast });
    expect(report).toMatchObject({ sent: 40, statuses: { 401: 40 } });
    const names = received.map((one) => (JSON.parse(one.body) as { name: string }).name);
    expect(new Set(names).size).toBeGreaterThanOrEqual(fewest);
    expect(new Set(names).size).toBeLessThanOrEqual(most);
    expect(names.includes("ada")).toBe(name !== "enumeration");
    expect(received.every((one) => one.path === "/login" && one.type === "application/json" && !one.forwarded)).toBe(true);
  });

  it("sends forms and other names of fields", async () => {
    const { url, received } = await application();
    const fields = { name: "email", password: "secret" };
    await attackOverHttp({
      url,
      class: "enumeration",
      path: "/auth/login",
      fields,
      body: "form",
      suffix: "@example.com",
      rate: 1e9,
      tries: 1,
    });
    const form = new URLSearchParams(received[0]?.body);
    expect([received[0]?.path, [...form.keys()]]).toEqual(["/auth/login", ["email", "secret"]]);
    expect(form.get("email")).toMatch(/^user\.[0-9a-f]{8}@example\.com$/);
  });

  it("does not follow a redirect to another host", async () => {
    const { url } = await application(302);
    expect(await attackOverHttp({ url, class: "enumeration", rate: 1e9, tries: 2 })).toMatchObject({ statuses: { 302: 2 } });
  });

  it("counts what is not answered", async () => {
    const { url } = await application();
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await attackOverHttp({ url, class: "enumeration", rate: 1e9, tries: 2 })).toMatchObject({ sent: 2, statuses: { 0: 2 } });
  });

  it.each(["http://example.com", "http://10.0.0.1:3000", "http://127.0.0.1.example.com", "http://localhost.example.com", "http://[::2]"])(
    "refuses %s, which is not this machine",
    async (url) => {
      await expect(attackOverHttp({ url, class: "enumeration" })).rejects.toThrow("is not this machine");
    },
  );

  it("refuses a path that leads to another host, and what is no address", async () => {
    const own = "http://127.0.0.1:1";
    await expect(attackOverHttp({ url: own, path: "//example.com/login", class: "enumeration" })).rejects.toThrow("is not this machine");
    await expect(attackOverHttp({ url: "shop", class: "enumeration" })).rejects.toThrow("shop is no address");
    await expect(attackOverHttp({ url: "file:///etc/passwd", class: "enumeration" })).rejects.toThrow("must begin with http");
  });

  it("stops when it is told to", async () => {
    const { url } = await application();
    const stop = AbortSignal.timeout(50);
    expect((await attackOverHttp({ url, class: "enumeration", rate: 1, tries: 1000, signal: stop })).sent).toBe(1);
  });
});

describe("a replay", () => {
  const events = (count: number): SimulatedEvent[] => {
    const stream = simulate(presets.benign);
    return Array.from({ length: count }, () => stream.next().value as SimulatedEvent);
  };

  it("sends each line in order", async () => {
    const list = events(500);
    const sent: string[] = [];
    expect(await replay(list, { speed: Number.POSITIVE_INFINITY, send: (line) => void sent.push(line) })).toBe(500);
    expect(sent).toEqual(list.map(lineOf));
  });

  it("waits for the time between them", async () => {
    const [first] = events(1) as [SimulatedEvent];
    const later = { ...first, arrival: first.arrival + 10_000 };
    const times: number[] = [];
    await replay([first, later], { speed: 200, send: () => void times.push(performance.now()) });
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThan(40);
  });

  it("stops when it is told to", async () => {
    const [first] = events(1) as [SimulatedEvent];
    const stop = new AbortController();
    const sent = replay([first, { ...first, arrival: first.arrival + 1e9 }], { send: () => stop.abort(), signal: stop.signal });
    expect(await sent).toBe(1);
  });
});
