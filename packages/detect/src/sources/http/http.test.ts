import { connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { LineBatch } from "../../contract.ts";
import { Collector, start, until } from "../harness/collect.ts";
import type { Running } from "../harness/collect.ts";
import { httpSource } from "./http.ts";
import type { HttpSourceOptions } from "./http.ts";

interface Served extends Running {
  readonly url: string;
}

async function serve(options: Partial<HttpSourceOptions> = {}, got = new Collector()): Promise<Served> {
  const running = start(httpSource({ port: 0, ...options }), new Map(), got);
  await until(() => got.kinds().includes("listening"));
  return { ...running, url: /http:\S+/.exec(got.notes[0]!.message)![0] };
}

async function post(url: string, body: string | Buffer, headers: Record<string, string> = { "content-type": "application/x-ndjson" }) {
  const response = await fetch(url, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
  return [response.status, await response.json()] as const;
}

const json = { "content-type": "application/json" };

describe("events over HTTP", () => {
  it("are JSON lines, an object, or a list", async () => {
    const { url, got } = await serve();
    expect(await post(url, '{"n":1}\r\n\n{"n":2}')).toEqual([200, { accepted: 2 }]);
    expect(await post(`${url}/events?x=1`, "plain text\n", { "content-type": "text/plain; charset=utf-8" })).toEqual([
      200,
      { accepted: 1 },
    ]);
    expect(await post(url, '[{"n":3},\n{"__proto__":{"a":1}}]', json)).toEqual([200, { accepted: 2 }]);
    expect(await post(url, '{\n "n": 5 }', json)).toEqual([200, { accepted: 1 }]);
    expect(got.placed()).toEqual([
      [0, '{"n":1}'],
      [1, '{"n":2}'],
      [2, "plain text"],
      [3, '{"n":3}'],
      [4, '{"__proto__":{"a":1}}'],
      [5, '{"n":5}'],
    ]);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
  });

  it("may be packed", async () => {
    const { url, got } = await serve();
    for (const [encoding, pack] of Object.entries({ gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync })) {
      expect(await post(url, pack(`{"by":"${encoding}"}`), { "content-encoding": encoding })).toEqual([200, { accepted: 1 }]);
    }
    expect(got.lines).toEqual(['{"by":"gzip"}', '{"by":"deflate"}', '{"by":"br"}']);
    expect((await post(url, "x", { "content-encoding": "zstd" }))[0]).toBe(415);
    expect((await post(url, "no gzip", { "content-encoding": "gzip" }))[0]).toBe(400);
  });

  it("are refused whole where one is broken, with its line", async () => {
    const { url, got } = await serve();
    expect(await post(url, '{"n":1}\n{"n":\n')).toEqual([400, { error: "line 2 is not valid JSON" }]);
    expect(await post(url, '[{"n":1},7]', json)).toEqual([400, { error: "element 2 is no JSON object" }]);
    expect(await post(url, Buffer.from([0x7b, 0xff]))).toEqual([400, { error: "the body is not valid UTF-8" }]);
    expect((await post(url, "a=b", { "content-type": "application/x-www-form-urlencoded" }))[0]).toBe(415);
    expect((await post(`${url}/other`, "{}"))[0]).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect(got.lines).toEqual([]);
    expect(got.kinds().filter((kind) => kind === "refused").length).toBe(5);
  });

  it("are bounded, packed or not", async () => {
    const { url, got } = await serve({ maxBody: 100_000 });
    expect((await post(url, "x".repeat(100_001)))[0]).toBe(413);
    expect((await post(url, gzipSync(Buffer.alloc(50 << 20)), { "content-encoding": "gzip" }))[0]).toBe(413);
    const chunked = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(60_000)),
    });
    const status = await fetch(url, { method: "POST", body: chunked, duplex: "half" } as RequestInit).then(
      (response) => response.status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(status);
    expect(got.lines).toEqual([]);
    expect((await post(url, '{"n":1}'))[0]).toBe(200);
  });

  it("are OTLP logs, a line each with what they belong to", async () => {
    const { url, got } = await serve();
    const record = (n: number) => ({ timeUnixNano: String(n), body: { stringValue: "x" } });
    const resource = { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] };
    const request = {
      resourceLogs: [
        { resource, scopeLogs: [{ scope: { name: "a" }, logRecords: [record(1), record(2)] }, { logRecords: [record(3)] }] },
        {},
      ],
    };
    expect(await post(`${url}/v1/logs`, JSON.stringify(request), json)).toEqual([200, {}]);
    expect(got.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { otlp: { resource, scope: { name: "a" }, record: record(1) } },
      { otlp: { resource, scope: { name: "a" }, record: record(2) } },
      { otlp: { resource, scope: {}, record: record(3) } },
    ]);
    expect(got.batches[0]!.format).toBe("otlp");
    const [status, answer] = await post(`${url}/v1/logs`, "\n", { "content-type": "application/x-protobuf" });
    expect([status, (answer as { error: string }).error]).toEqual([
      415,
      expect.stringContaining("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/json"),
    ]);
    for (const bad of ["[]", '{"resourceLogs":7}', '{"resourceLogs":[null]}'])
      expect((await post(`${url}/v1/logs`, bad, json))[0]).toBe(400);
  });
});

describe("who may send", () => {
  it("shows the token", async () => {
    const { url, got } = await serve({ token: "s3cret" });
    expect((await post(url, "{}"))[0]).toBe(401);
    expect((await post(url, "{}", { authorization: "Bearer s3cre" }))[0]).toBe(401);
    expect((await post(url, "{}", { authorization: "Bearer s3cret" }))[0]).toBe(200);
    expect(got.lines).toEqual(["{}"]);
    expect(JSON.stringify(got.notes)).not.toContain("s3cre");
  });

  it("is this machine only, unless there is a token or it is allowed", async () => {
    const place =
      "http://0.0.0.0:0: cannot listen: others can reach this address, so that clients must show a token: set one (for the command: TELLTALE_HTTP_TOKEN), or listen on 127.0.0.1";
    await expect(start(httpSource({ host: "0.0.0.0", port: 0 })).stop()).rejects.toMatchObject({ code: "LISTEN", message: place });
    await serve({ host: "0.0.0.0", token: "x" });
    await serve({ host: "0.0.0.0", insecure: true });
  });

  it("is told where the port is taken", async () => {
    const { url } = await serve();
    const port = Number(new URL(url).port);
    await expect(start(httpSource({ port })).stop()).rejects.toThrow(
      `http://127.0.0.1:${port}: cannot listen: another process listens there`,
    );
  });
});

describe("an answer", () => {
  it("waits for the receiver, and is 503 where that fails", async () => {
    let release = () => {};
    const got = new (class extends Collector {
      override async take(batch: LineBatch): Promise<void> {
        await new Promise<void>((resolve) => (release = resolve));
        if (batch.lines[0] === '"bad"') throw new Error("no space left on device");
        super.take(batch);
      }
    })();
    const { url } = await serve({}, got);
    let isAnswered = false;
    const first = post(url, "{}").finally(() => (isAnswered = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAnswered).toBe(false);
    release();
    expect((await first)[0]).toBe(200);
    const second = fetch(url, { method: "POST", body: '"bad"' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    const response = await second;
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await response.text()).toContain("no space left on device");
  });

  it("is not waited for at the end where a client sends nothing", async () => {
    const { url, stop, got } = await serve();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.once("connect", resolve));
    await post(url, "{}");
    await stop();
    expect(got.lines).toEqual(["{}"]);
    socket.destroy();
  });
});
