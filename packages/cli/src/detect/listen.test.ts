import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { workplace } from "./harness/command.ts";
import { failures, sshFailures } from "./harness/lines.ts";

const { path, start } = workplace();

/** The same as `failures` as OpenTelemetry sends it. */
function otlpFailures(user: string, count = 12): string {
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const records = Array.from({ length: count }, (_, index) => ({
    timeUnixNano: `${Date.parse("2026-11-20T10:00:00Z") + index * 2000}000000`,
    eventName: "authn_login_fail",
    attributes: [text("user.id", user), text("client.address", "198.51.100.9"), text("outcome", "failure")],
  }));
  const resource = { attributes: [text("service.name", "shop")] };
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: records }] }] });
}

describe("telltale detect --listen", () => {
  it("takes JSON lines and OTLP over HTTP from those who know the token, and keeps what it has answered for", async () => {
    const detector = start(["detect", "--listen", "http://127.0.0.1:0"], { TELLTALE_HTTP_TOKEN: "open-sesame" });
    const [, url] = await detector.shows("err", /listening on (http:\/\/127\.0\.0\.1:\d+)/);
    const headers = { authorization: "Bearer open-sesame" };
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/events`, { method: "POST", body: failures() })).status).toBe(401);
    const taken = await fetch(`${url}/events`, { method: "POST", headers, body: failures() });
    expect([taken.status, await taken.json()]).toEqual([200, { accepted: 12 }]);
    await detector.shows("out", /who +ada/);

    const broken = await fetch(url!, { method: "POST", headers, body: `${failures({ count: 1 })}{"time":` });
    expect([broken.status, await broken.json()]).toEqual([400, { error: "line 2 is not valid JSON" }]);

    const type = { "content-type": "application/json" };
    expect((await fetch(`${url}/v1/logs`, { method: "POST", headers: { ...headers, ...type }, body: otlpFailures("bob") })).status).toBe(
      200,
    );
    await detector.shows("out", /who +bob\n +from +198\.51\.100\.9/);
    expect(existsSync(path(".telltale/detect/journal"))).toBe(true);
    const { status, err } = await detector.stop();
    expect(err).toMatch(/2 alerts \(2 medium\) from 24 events/);
    expect(status).toBe(0);
  });

  it("takes lines of sshd by syslog, over UDP and TCP", async () => {
    const detector = start(["detect", "--no-state", "--listen", "syslog+udp://127.0.0.1:0", "--listen", "syslog+tcp://127.0.0.1:0"]);
    const udp = Number((await detector.shows("err", /syslog\+udp:\/\/127\.0\.0\.1:(\d+)\n/))[1]);
    const tcp = Number((await detector.shows("err", /syslog\+tcp:\/\/127\.0\.0\.1:(\d+)\n/))[1]);

    const socket = createSocket("udp4");
    for (const line of sshFailures("ada")) await new Promise((done) => socket.send(line, udp, "127.0.0.1", done));
    await detector.shows("out", /Password Guessing Against One Account\n +group +actor\.id ada/);
    socket.close();

    const connection = connect(tcp, "127.0.0.1");
    connection.end(
      sshFailures("bob")
        .map((line) => `${line}\n`)
        .join(""),
    );
    await detector.shows("out", /Password Guessing Against One Account\n +group +actor\.id bob/);
    expect((await detector.stop("SIGTERM")).status).toBe(0);
  });

  it("takes up from its journal what a crash came before", async () => {
    const args = ["detect", "--listen", "http://127.0.0.1:0", "--state", "state", "--checkpoint-every", "1h"];
    const first = start(args);
    const [, url] = await first.shows("err", /listening on (http:\S+)/);
    await fetch(url!, { method: "POST", body: failures({ count: 9 }) });
    await first.stop("SIGKILL");

    const second = start(args);
    const [, again] = await second.shows("err", /listening on (http:\S+)/);
    await fetch(again!, { method: "POST", body: failures({ count: 1, start: Date.parse("2026-11-20T10:00:30Z") }) });
    expect(await second.shows("out", /how many +(\d+) events/)).toMatchObject({ 1: "10" });
  });
});
