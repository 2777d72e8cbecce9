import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { alertOf, stuffing } from "../store/harness/alerts.ts";
import { createMailOutput } from "./mail.ts";

interface Mail {
  readonly to: readonly string[];
  readonly head: readonly string[];
  readonly body: string;
}

const servers: SMTPServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

async function serve(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const [head = "", ...body] = Buffer.concat(chunks).toString().split("\r\n\r\n");
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          head: head.replace(/\r\n[ \t]/g, " ").split("\r\n"),
          body: body.join("\n"),
        });
        done();
      });
    },
    ...options,
  });
  servers.push(server);
  server.on("error", () => undefined);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { mails, port: (server.server.address() as AddressInfo).port };
}

function headOf({ head }: Mail): ReadonlyMap<string, string> {
  return new Map(head.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
}

describe("mail by SMTP", () => {
  test("says the alert; later messages of an episode are replies to the first", async () => {
    const { mails, port } = await serve();
    const output = createMailOutput({ smtp: `smtp://127.0.0.1:${port}`, to: ["ops@example.com"], from: "telltale@example.org" });
    await output.deliver(stuffing);
    await output.deliver({ ...stuffing, phase: "grown", count: 84 });
    await output.close();
    const [first, second] = mails as [Mail, Mail];
    expect(first.to).toEqual(["ops@example.com"]);
    expect(Object.fromEntries(headOf(first))).toMatchObject({
      subject: "High: Credential stuffing from one source (source.ip 203.0.113.7), 42 events",
      "message-id": `<${stuffing.id}-opened@example.org>`,
      "auto-submitted": "auto-generated",
      from: "telltale@example.org",
    });
    expect(first.body).toContain("from      203.0.113.7");
    expect(Object.fromEntries(headOf(second))).toMatchObject({
      "message-id": `<${stuffing.id}-grown-84@example.org>`,
      "in-reply-to": `<${stuffing.id}-opened@example.org>`,
    });
  });

  test("lets no event write into the head", async () => {
    const { mails, port } = await serve();
    const output = createMailOutput({ smtp: `smtp://127.0.0.1:${port}`, to: ["ops@example.com"], from: "telltale@example.org" });
    const evil = "x\r\nBcc: victim@example.com\r\n\r\nbody";
    await output.deliver(alertOf(1, { group: { "actor.id": evil }, actors: [evil], rule: { ...stuffing.rule, title: evil } }));
    await output.close();
    const [mail] = mails as [Mail];
    expect(mail.to).toEqual(["ops@example.com"]);
    expect([...headOf(mail).keys()]).not.toContain("bcc");
    expect(mail.body).toContain("x\\r\\nBcc: victim");
  });

  test("logs in, and says a refusal without the password", async () => {
    const { mails, port } = await serve({
      authOptional: false,
      onAuth(auth, _session, done) {
        if (auth.username === "us@er" && auth.password === "p4ss word") done(null, { user: "user" });
        else done(new Error(`no such login: ${auth.password} ${Buffer.from(`\0${auth.username}\0${auth.password}`).toString("base64")}`));
      },
    });
    const to = ["ops@example.com"];
    await createMailOutput({ smtp: `smtp://us%40er:p4ss%20word@127.0.0.1:${port}`, to }).deliver(stuffing);
    expect(mails).toHaveLength(1);
    const refused = createMailOutput({ smtp: `smtp://us%40er:s3cret@127.0.0.1:${port}`, to }).deliver(stuffing);
    await expect(refused).rejects.toThrow(
      new RegExp(`^mail ops@example\\.com: not taken by 127\\.0\\.0\\.1:${port}: .*no such login: … …$`),
    );
  });

  test("that one of several is refused goes to that one again, and to no other twice", async () => {
    let isRefusing = true;
    const { mails, port } = await serve({
      onRcptTo({ address }, _session, done) {
        if (isRefusing && address === "b@example.com") done(new Error("no such mailbox"));
        else done();
      },
    });
    const output = createMailOutput({ smtp: `smtp://127.0.0.1:${port}`, to: ["a@example.com", "b@example.com"] });
    await expect(output.deliver(stuffing)).rejects.toThrow(/refused b@example\.com/);
    isRefusing = false;
    await output.deliver(stuffing);
    await output.close();
    expect(mails.map(({ to }) => to)).toEqual([["a@example.com"], ["b@example.com"]]);
  });

  test("to a server that is away is said", async () => {
    const output = createMailOutput({ smtp: "smtp://127.0.0.1:1", to: ["ops@example.com"] });
    await expect(output.deliver(stuffing)).rejects.toThrow(/not taken by 127\.0\.0\.1:1: .*ECONNREFUSED/);
  });

  test("with a password is not sent to another machine without TLS", async () => {
    // 127.0.0.1 by a name that is not known to be this machine.
    const { mails, port } = await serve();
    const smtp = `smtp://user:s3cret@[::ffff:127.0.0.1]:${port}`;
    await expect(createMailOutput({ smtp, to: ["ops@example.com"] }).deliver(stuffing)).rejects.toThrow(/STARTTLS|TLS/);
    expect(mails).toEqual([]);
  });

  test.each([
    ["http://example.com", ["a@example.com"], /expected smtp:\/\/user:password@host:587/],
    ["smtp://u:%zz@example.com", ["a@example.com"], /must be percent-encoded/],
    ["smtp://example.com", ["a@example.com\nBcc: b@example.com"], /expected an address such as ops@example\.com, got a@example\.com\\nBcc/],
    ["smtp://example.com", ["a@b@c"], /expected an address/],
    ["smtp://example.com", [], /expected an address to send to/],
  ])("%s to %j is refused", (smtp, to, message) => {
    expect(() => createMailOutput({ smtp, to })).toThrow(message);
  });
});
