import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { workplace } from "./harness/command.ts";
import { failures, sshFailures } from "./harness/lines.ts";

const { path, run, start } = workplace();

const write = (name: string, text: string | Uint8Array) => writeFileSync(path(name), text);

describe("telltale detect on finished input", () => {
  it("prints each alert once, whole, sums up on standard error, and exits with 1", async () => {
    write("security.log", failures());
    const { status, out, err } = await run(["detect", "security.log"]);
    expect(out).toMatch(/^MEDIUM {2}Password Guessing Against One Account {2}ended\n/);
    expect(out).toMatch(/from +203\.0\.113\.9\n[^]*how many +12 events\n[^]*security\.log@0\n[^]* do +Look /);
    expect(out.match(/^ {2}alert /gm)).toHaveLength(1);
    expect(err).toMatch(/^1 alert \(1 medium\) from 12 events in \d+\.\d s\n$/);
    expect(status).toBe(1);
  });

  it("exits with 0 where nothing shows, or nothing as severe as was asked for", async () => {
    write("clean.log", failures({ count: 3 }));
    expect(await run(["detect", "clean.log"])).toMatchObject({
      status: 0,
      out: "",
      err: expect.stringMatching(/^no alerts from 3 events/),
    });
    write("security.log", failures());
    expect(await run(["detect", "security.log", "--severity", "high"])).toMatchObject({ status: 0, out: "" });
  });

  it("writes to several outputs in one run", async () => {
    write("security.log", failures());
    const { status, out, err } = await run(["detect", "security.log", "--quiet", "--to", "json", "--to", "ocsf=alerts.ocsf"]);
    expect(JSON.parse(out)).toMatchObject({ phase: "closed", level: "medium", count: 12, group: { "actor.id": "ada" } });
    expect(JSON.parse(readFileSync(path("alerts.ocsf"), "utf8"))).toMatchObject({ class_uid: 2004 });
    expect(err).toBe("");
    expect(status).toBe(1);
  });

  it("merges files by time, packed ones and standard input too, in whatever order they are named", async () => {
    const at = Date.parse("2026-11-20T10:00:00Z");
    write("new.log", failures({ count: 4, start: at + 180_000 }));
    write("old.log.gz", gzipSync(failures({ count: 4, start: at })));
    const { out, err } = await run(["detect", "new.log", "-", "old.log.gz", "--to", "json"], failures({ count: 4, start: at + 90_000 }));
    expect(JSON.parse(out)).toMatchObject({ count: 12, since: "2026-11-20T10:00:00.000Z", until: "2026-11-20T10:03:06.000Z" });
    expect(err).toMatch(/^1 alert .* from 12 events/);
  });

  it("reads standard input where nothing is named, and says what --follow is for while a pipe stays open", async () => {
    const detector = start(["detect"]);
    detector.stdin.write(failures());
    await detector.shows("err", /standard input is still open, and alerts are told when it ends; --follow tells each at once/);
    const { status, out, err } = await detector.stop("SIGINT");
    expect(out).toContain("Against One Account");
    expect(err).toContain("stopped before the end of the input");
    expect(status).toBe(2);
  });

  it("counts lines that it cannot read, shows the first with their place, and goes on", async () => {
    const first = failures({ count: 6 });
    write(
      "mixed.log",
      `${first}{"time": "2026\n${failures({ count: 6, start: Date.parse("2026-11-20T10:01:00Z") })}{"msg":"GET /"}\nplain text`,
    );
    const { status, err } = await run(["detect", "mixed.log"]);
    expect(err).toContain(`mixed.log: cannot read the line at byte ${first.length}: it begins like JSON and is not`);
    expect(err).toContain("  mixed.log: of 15 lines 1 unreadable, 2 are no security events\n");
    expect(status).toBe(1);
  });

  it("says so where a log has no security event at all", async () => {
    write("requests.log", '{"level":30,"time":1795341600000,"msg":"request done","url":"/x"}\n');
    write("binary.log", Buffer.from([0, 255, 1, 10, 200, 0, 10]));
    write("empty.log", "");
    const { status, out, err } = await run(["detect", "requests.log", "binary.log", "empty.log"]);
    expect(err).toContain("requests.log: of 1 line 1 is no security event\n  nothing was looked at for attacks: name the events");
    expect(err).toMatch(/binary\.log: NUL bytes near byte 0/);
    expect(err).toContain("binary.log: of 2 lines 2 unreadable\n  nothing in it could be read: --format names the format");
    expect(err).toMatch(/^no alerts from 0 events/m);
    expect(err).not.toContain("empty.log: of");
    expect(out).toBe("");
    expect(status).toBe(0);
  });

  it("reads a format of one's own by a mapping file", async () => {
    write(
      "portal.yaml",
      "name: portal\nformat: json\ntime: { field: at, format: s }\nevent: { field: what, map: { LOGIN_KO: authn_login_fail } }\nfields: { actor.id: who, source.ip: from }\n",
    );
    const lines = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({ at: 1_795_341_600 + index, what: "LOGIN_KO", who: "bob", from: "198.51.100.7" }),
    );
    write("portal.log", lines.join("\n"));
    const { status, out } = await run(["detect", "portal.log", "--mapping", "portal.yaml", "--to", "json"]);
    expect(JSON.parse(out)).toMatchObject({ group: { "actor.id": "bob" }, addresses: ["198.51.100.7"] });
    expect(status).toBe(1);
  });

  it("reads times without a zone in the one that is named", async () => {
    write("auth.log", sshFailures("bob").join("\n"));
    const { out } = await run(["detect", "auth.log", "--format", "sshd", "--zone", "+02:00", "--to", "json"]);
    expect(out).toMatch(/"since":"\d{4}-11-20T08:00:00\.000Z"/);
  });

  it("keeps state only where it is told to, and tells no alert twice then", async () => {
    write("security.log", failures());
    const args = ["detect", "security.log", "--state", "kept", "--to", "json"];
    expect((await run(args)).out).not.toBe("");
    expect(await run(args)).toMatchObject({ out: "", err: expect.stringContaining("going on after event 12") });
  });

  it("is quiet when the reader goes away", async () => {
    write(
      "security.log",
      Array.from({ length: 300 }, (_, index) => failures({ user: `user-${index}`, address: `10.0.${index}.1` })).join(""),
    );
    const detector = start(["detect", "security.log", "--quiet"]);
    detector.closeOut();
    expect(await detector.ended()).toMatchObject({ status: 1, err: "" });
  });

  it("says that an output cannot be written, and exits with 2", async () => {
    write("security.log", failures());
    const { status, err } = await run(["detect", "security.log", "--to", "json=gone/alerts.jsonl"]);
    expect(err).toContain("TT1501: gone/alerts.jsonl: cannot be written: no such file or directory\n");
    expect(status).toBe(2);
  });
});
