import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { alertOf, stuffing } from "../store/harness/alerts.ts";
import { DeliveryError } from "./delivery-error.ts";
import { alertObject } from "./json.ts";
import { createSlackOutput, slackMessage } from "./slack.ts";
import { createWebhookOutput } from "./webhook.ts";

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(answer: { readonly status: number; readonly headers?: Record<string, string> }) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, answer.headers).end("thanks");
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { requests, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function problemOf(delivery: Promise<void>): Promise<DeliveryError> {
  const problem = await delivery.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(DeliveryError);
  return problem as DeliveryError;
}

describe("a webhook", () => {
  test("gets the alert, signed so that a receiver of Standard Webhooks can check it, with each of the secrets", async () => {
    const { requests, host } = await serve({ status: 204 });
    const key = Buffer.alloc(24, 7);
    const output = createWebhookOutput({ url: `http://${host}/hook?token=t0ken`, secret: `whsec_${key.toString("base64")} plain-secret` });
    await output.deliver(stuffing);
    await output.close();
    const [{ headers, body }] = requests as [Request];
    expect(JSON.parse(body)).toEqual({ alert: JSON.parse(JSON.stringify(alertObject(stuffing))) });
    expect(headers["webhook-id"]).toBe(`${stuffing.id}-opened`);
    expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
    const signed = `${headers["webhook-id"] as string}.${headers["webhook-timestamp"] as string}.${body}`;
    const signatures = [key, "plain-secret"].map((one) => `v1,${createHmac("sha256", one).update(signed).digest("base64")}`);
    expect(headers["webhook-signature"]).toBe(signatures.join(" "));
    expect(headers["content-type"]).toBe("application/json");
  });

  test("without a secret is not signed; a user in the URL goes into the head", async () => {
    const { requests, host } = await serve({ status: 200 });
    const output = createWebhookOutput({ url: `http://us%40er:p%C3%A4ss@${host}/` });
    await output.deliver(stuffing);
    const [{ headers }] = requests as [Request];
    expect(headers).not.toHaveProperty("webhook-signature");
    expect(headers.authorization).toBe(`Basic ${Buffer.from("us@er:päss").toString("base64")}`);
  });

  test("that refuses, redirects or is away is said without its secrets", async () => {
    const refusing = await serve({ status: 500 });
    const moved = await serve({ status: 302, headers: { location: "http://127.0.0.1:1/elsewhere" } });
    const secret = (host: string) => createWebhookOutput({ url: `http://user:s3cret@${host}/s3cret?key=s3cret`, secret: "s3cret" });
    const problems = [
      await problemOf(secret(refusing.host).deliver(stuffing)),
      await problemOf(secret(moved.host).deliver(stuffing)),
      await problemOf(secret("127.0.0.1:1").deliver(stuffing)),
    ].map(({ message }) => message);
    expect(problems).toEqual([
      `http://${refusing.host}: answered 500`,
      `http://${moved.host}: answered 302; give the address that it redirects to`,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1: cannot be reached: |^http:\/\/127\.0\.0\.1:1: cannot be reached/),
    ]);
    expect(problems.join() + secret(moved.host).name).not.toContain("s3cret");
  });

  test.each([
    ["120", 120_000],
    ["99999999", 3_600_000],
    ["soon", undefined],
    [new Date(0).toUTCString(), 0],
  ])("may say when to come again: %s", async (value, expected) => {
    const { host } = await serve({ status: 429, headers: { "retry-after": value } });
    expect((await problemOf(createWebhookOutput({ url: `http://${host}` }).deliver(stuffing))).retryAfter).toBe(expected);
  });

  test("that does not answer is given up after its time", async () => {
    const server = createServer(() => undefined);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { message } = await problemOf(createWebhookOutput({ url, timeout: 100 }).deliver(stuffing));
    expect(message).toBe(`${url}: did not answer within 0.1 s`);
  });

  test("that is closed gives up a request on its way", async () => {
    const server = createServer(() => undefined);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const output = createWebhookOutput({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const delivery = problemOf(output.deliver(stuffing));
    await new Promise((done) => server.once("request", done));
    await output.close();
    expect((await delivery).message).toMatch(/given up because the detector ends/);
  });

  test("is refused where it is none, and what was given is not repeated", () => {
    for (const url of ["ftp://s3cret", "s3cret", ""]) {
      expect(() => createWebhookOutput({ url, place: "--to webhook" })).toThrow(
        "--to webhook: expected a URL that begins with https:// or http://",
      );
    }
    for (const secret of ["whsec_", "whsec_!!", "whsec_YQ=="]) {
      expect(() => createWebhookOutput({ url: "https://a.example", secret })).toThrow("expected base64 of 16 bytes or more after whsec_");
    }
  });

  test("has a name that tells two of one host apart, and is the same at every start", () => {
    const name = (url: string) => createWebhookOutput({ url }).name;
    expect(name("https://a.example/1")).toBe(name("https://a.example/1"));
    expect(name("https://a.example/1")).not.toBe(name("https://a.example/2"));
  });
});

describe("Slack", () => {
  test("gets blocks in which nothing is a mention, a link or the end of the code", async () => {
    const { requests, host } = await serve({ status: 200 });
    await createSlackOutput({ url: `http://${host}/services/T/B/x` }).deliver(
      alertOf(1, { group: { "actor.id": "<!channel> & ```" }, actors: ["<@U1>"] }),
    );
    const { text, blocks } = JSON.parse((requests as [Request])[0].body) as {
      text: string;
      blocks: { text: { text: string; verbatim: boolean } }[];
    };
    expect(text).toBe(":red_circle: High: Credential stuffing from one source (actor.id &lt;!channel&gt; &amp; '''), 42 events");
    expect(blocks[1]!.text.text).toContain("who       &lt;@U1&gt;");
    expect(blocks[1]!.text.text).toContain("alert     00000000000000000000000000000001-opened");
    expect(blocks.every((block) => block.text.verbatim)).toBe(true);
    expect(blocks[1]!.text.text.split("```")).toHaveLength(3);
  });

  test("never gets more than it takes", () => {
    const long = Array.from({ length: 20 }, () => "<".repeat(1000));
    const { blocks } = slackMessage(alertOf(1, { actors: long, rule: { ...stuffing.rule, respond: long, title: "&".repeat(9000) } })) as {
      blocks: { text: { text: string } }[];
    };
    for (const { text } of blocks) expect(text.text.length).toBeLessThanOrEqual(3000);
  });
});
