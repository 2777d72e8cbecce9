import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { workplace } from "./harness/command.ts";
import { failures } from "./harness/lines.ts";

vi.setConfig({ testTimeout: 60_000 });

const { path, run, start } = workplace();

const later = (minutes: number) => Date.parse("2026-11-20T10:00:00Z") + minutes * 60_000;

/** Keys of the alerts in a file of JSON lines. */
const keysIn = (name: string) =>
  readFileSync(path(name), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { readonly key: string }).key);

describe("telltale detect --follow", () => {
  it("raises an alert when the lines that complete it are appended, through a rotation, until it is stopped", async () => {
    writeFileSync(path("security.log"), failures({ count: 5 }));
    const detector = start(["detect", "security.log", "--follow"]);
    await detector.shows("err", /telltale: \d+ rules; state and alerts are kept in \.telltale\/detect\n/);
    appendFileSync(path("security.log"), failures({ count: 5, start: later(1) }));
    await detector.shows("out", /MEDIUM {2}Password Guessing Against One Account\n[^]*who +ada/);

    renameSync(path("security.log"), path("security.log.1"));
    writeFileSync(path("security.log"), failures({ user: "bob", address: "198.51.100.7", start: later(2) }));
    await detector.shows("out", /who +bob/);
    expect(detector.err()).toContain("security.log: rotated; reading goes on in the new file");

    const { status, out, err } = await detector.stop("SIGINT");
    expect(err).toMatch(/\n2 alerts \(2 medium\) from 22 events in /);
    expect(out).not.toContain("ended");
    expect(status).toBe(0);
    expect(existsSync(path(".telltale/detect/alerts.jsonl"))).toBe(true);
  });

  it("goes on after kill -9 and after a stop: no alert is lost, none is told twice", async () => {
    const args = ["detect", "security.log", "--follow", "--state", "state", "--to", "json=alerts.jsonl", "--to", "text"];
    writeFileSync(path("security.log"), failures());
    const first = start(args);
    await first.shows("out", /who +ada/);
    await first.stop("SIGKILL");

    appendFileSync(path("security.log"), failures({ user: "bob", address: "198.51.100.7", start: later(1) }));
    const second = start(args);
    await second.shows("out", /who +bob/);
    expect((await second.stop("SIGTERM")).status).toBe(0);

    const third = start(args);
    await third.shows("err", /going on after event 24\n/);
    appendFileSync(path("security.log"), failures({ user: "eve", address: "198.51.100.8", start: later(2) }));
    await third.shows("out", /who +eve/);
    expect((await third.stop()).out).not.toMatch(/who +(?:ada|bob)/);

    const keys = keysIn("alerts.jsonl").filter((key) => key.endsWith("-opened"));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(3);
  });

  it("keeps nothing with --no-state", async () => {
    writeFileSync(path("security.log"), failures());
    const detector = start(["detect", "security.log", "--follow", "--no-state"]);
    await detector.shows("err", /nothing is kept: a restart begins anew/);
    await detector.shows("out", /who +ada/);
    expect((await detector.stop()).status).toBe(0);
    expect(existsSync(path(".telltale"))).toBe(false);
  });

  it("follows a pipe, and tells its alerts at once", async () => {
    const detector = start(["detect", "--follow", "--no-state"]);
    detector.stdin.write(failures());
    await detector.shows("out", /who +ada/);
    detector.stdin.end();
    expect((await detector.ended()).status).toBe(0);
  });

  it("begins behind the last line with --from-end", async () => {
    writeFileSync(path("security.log"), failures());
    const detector = start(["detect", "security.log", "--follow", "--from-end", "--no-state"]);
    await detector.shows("err", /state|kept/);
    // Until it reads, what is appended would be what it begins behind.
    const probe = setInterval(() => appendFileSync(path("security.log"), failures({ user: "bob", count: 1, start: later(1) })), 20);
    await detector.shows("out", /who +bob/).finally(() => clearInterval(probe));
    expect(detector.out()).not.toContain("ada");
  });

  it("keeps alerts for an output that is down, and sends them at the next start", async () => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => got.push(chunk.toString()));
      request.on("end", () => response.end());
    });
    const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
    await listen(0);
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));

    const args = ["detect", "security.log", "--follow", "--to", `webhook=http://127.0.0.1:${port}/hook`];
    writeFileSync(path("security.log"), failures());
    const first = start(args);
    await first.shows("err", /alerts wait and are tried again/);
    const { status, err } = await first.stop();
    expect(err).toMatch(/alerts? waits? in \.telltale\/detect .*; .* out at the next start/);
    expect(status).toBe(0);

    await listen(port);
    try {
      const second = start(args);
      await vi.waitFor(() => expect(got.join("")).toContain('"ada"'), 20_000);
      await second.stop();
      expect(got.join("").match(/"phase":"opened"/g)).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
});

describe("telltale alerts", () => {
  it("lists, shows and settles alerts while the detector runs and afterwards", async () => {
    writeFileSync(path("security.log"), failures({ user: "ada\u001b[2J" }));
    const detector = start(["detect", "security.log", "--follow"]);
    await detector.shows("out", /Against One Account/);
    const listed = await run(["alerts"]);
    expect(listed.out).toMatch(/^[0-9a-f]{8} {2}2026-11-20 10:00:18Z {2}open +medium +Password Guessing Against One Account {2}ada/);
    expect(listed.out).not.toContain("\u001b");
    const id = listed.out.slice(0, 8);

    // As it stands in reports, with what it is about.
    const key = /alert +(\S+)/.exec(detector.out())![1]!;
    expect((await run(["alerts", "ack", key, "--note", "load test"])).out).toMatch(new RegExp(`^${id} .* acknowledged `));
    const shown = await run(["alerts", "show", id]);
    expect(shown.out).toMatch(/how many +10 events\n[^]* {2}state +acknowledged\n +\S+ \S+ {2}acknowledged by .+: load test\n$/);

    const second = await run(["detect", "security.log", "--follow"]);
    expect(second).toMatchObject({ status: 2, err: expect.stringMatching(/TT1501: \.telltale\/detect: .*process/) });

    await detector.stop();
    expect((await run(["alerts", "list", "--is", "open"])).out).toBe("no alerts\n");
    await run(["alerts", "close", id]);
    const plain = JSON.parse((await run(["alerts", "list", "--format", "json"])).out) as object;
    expect(plain).toMatchObject({ state: "closed", changes: [{ state: "acknowledged" }, { state: "closed" }] });
    expect((await run(["alerts", "reopen", id])).out).toContain(" open ");
    expect(await run(["alerts", "show", "ffffffff"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("no alert begins with ffffffff in .telltale/detect; telltale alerts lists them"),
    });
  });
});
