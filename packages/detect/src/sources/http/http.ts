import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { LineBatch, Receiver, Source } from "../../contract.ts";
import { DetectError, messageOf } from "../../errors.ts";
import { isWorthSaying } from "../feed.ts";
import { aborted, inUrl, isLoopback, listening } from "../listen.ts";
import { bodyOf, Refusal } from "./body.ts";
import { linesOfEvents } from "./lines.ts";
import { linesOfOtlp } from "./otlp.ts";

export interface HttpSourceOptions {
  /** Address to listen on. Default: 127.0.0.1. Others need `token` or `insecure`. */
  readonly host?: string;
  /** 0 takes a free one; the note `listening` says which. */
  readonly port: number;
  /** Clients send `Authorization: Bearer TOKEN`. Default: none is asked for. */
  readonly token?: string;
  /** Largest body, bytes, packed and unpacked. Default: 8 MiB. */
  readonly maxBody?: number;
  /** Allows a host that others can reach without a token. Default: false. */
  readonly insecure?: boolean;
}

/** Requests that are read or wait for the receiver at the same time; beyond them clients are told to come back. */
const mostAtOnce = 64;
/** Characters of one batch, about. */
const batchSize = 128 * 1024;
/** How long requests may still take after the end was asked for. Milliseconds. */
const graceTime = 5000;

/** A client that sends slowly holds its place for so long at most. Milliseconds. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 2_000 };

interface Route {
  readonly linesOf: (body: Buffer, type: string) => readonly string[];
  readonly format?: string;
  readonly answer: (accepted: number) => object;
}

const events: Route = { linesOf: linesOfEvents, answer: (accepted) => ({ accepted }) };
/** An OTLP answer without `partialSuccess` says that all was taken. */
const otlp: Route = { linesOf: linesOfOtlp, format: "otlp", answer: () => ({}) };
const routes: ReadonlyMap<string, Route> = new Map([
  ["/", events],
  ["/events", events],
  ["/v1/logs", otlp],
]);

/**
 * Events over HTTP. `POST /` or `/events`: JSON lines (`application/x-ndjson`, `text/plain`), or one JSON object or an array of them
 * (`application/json`); `POST /v1/logs`: OTLP logs in JSON; gzip, deflate and br are unpacked. `GET /health` answers 200.
 * The answer comes when the receiver has taken the lines: wrap it with `journaled` so that 200 means kept. 400 names the bad line and takes
 * none, 401 a wrong token, 413 a large body, 503 with Retry-After that the client has to send it again. One request is one or more
 * batches; offsets count lines since the start.
 */
export function httpSource(options: HttpSourceOptions): Source {
  const host = options.host ?? "127.0.0.1";
  const name = `http://${inUrl(host, options.port)}`;
  return { name, replayable: false, run: (to, _from, signal) => new HttpListener(name, host, options, to, signal).run() };
}

class HttpListener {
  private readonly name: string;
  private readonly host: string;
  private readonly options: HttpSourceOptions;
  private readonly to: Receiver;
  private readonly signal: AbortSignal;
  private count = 0;
  private atOnce = 0;
  private refused = 0;

  constructor(name: string, host: string, options: HttpSourceOptions, to: Receiver, signal: AbortSignal) {
    this.name = name;
    this.host = host;
    this.options = options;
    this.to = to;
    this.signal = signal;
  }

  async run(): Promise<void> {
    const { host, name } = this;
    const { port, token, insecure = false } = this.options;
    if (!token && !insecure && !isLoopback(host)) {
      throw new DetectError("LISTEN", {
        place: name,
        problem:
          "others can reach this address, so that clients must show a token: set one (for the command: TELLTALE_HTTP_TOKEN), or listen on 127.0.0.1",
      });
    }
    const server = createServer(timeouts, (request, response) => void this.serve(request, response));
    server.maxConnections = 1024;
    const real = await listening(server, name, (done) => server.listen(port, host, done));
    this.to.note({ kind: "listening", source: name, message: `listening on http://${inUrl(host, real)}` });
    await aborted(this.signal);
    await closed(server);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => undefined);
    this.atOnce += 1;
    try {
      send(response, 200, await this.answer(request));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : unavailable(`not taken: ${messageOf(error)}`);
      this.say(request, refusal);
      send(response, refusal.status, { error: refusal.message }, refusal.headers);
      // What the client still sends is read away, or the answer would be lost; the connection's timeouts end it.
      request.resume();
    } finally {
      this.atOnce -= 1;
    }
  }

  private async answer(request: IncomingMessage): Promise<object> {
    const path = (request.url ?? "/").split("?")[0]!;
    if (path === "/health" && (request.method === "GET" || request.method === "HEAD")) return { status: "ok" };
    const route = routes.get(path);
    if (!route) throw new Refusal(404, "no such path; events go to POST /events, OTLP logs to POST /v1/logs");
    if (request.method !== "POST") throw new Refusal(405, "send events with POST", { allow: "POST" });
    if (!this.isAllowed(request))
      throw new Refusal(401, "wrong or missing token; send the header Authorization: Bearer TOKEN", { "www-authenticate": "Bearer" });
    if (this.signal.aborted) throw unavailable("shutting down");
    if (this.atOnce > mostAtOnce) throw unavailable("too many requests at once");
    const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
    const body = await bodyOf(request, this.options.maxBody ?? 8 * 1024 * 1024);
    const lines = route.linesOf(body, type);
    await this.take(lines, route.format);
    return route.answer(lines.length);
  }

  /** Hashes have one length, so that the comparison takes the same time whatever was sent. */
  private isAllowed(request: IncomingMessage): boolean {
    const { token } = this.options;
    if (!token) return true;
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const hash = (text: string) => createHash("sha256").update(text).digest();
    return timingSafeEqual(hash(given), hash(token));
  }

  private async take(lines: readonly string[], format: string | undefined): Promise<void> {
    const received = Date.now();
    for (let at = 0; at < lines.length;) {
      const from = at;
      for (let size = 0; at < lines.length && size < batchSize; at += 1) size += lines[at]!.length;
      const part = lines.slice(from, at);
      const first = this.count;
      this.count += part.length;
      const batch: LineBatch = {
        source: this.name,
        stream: this.name,
        lines: part,
        offsets: part.map((_, index) => first + index),
        end: this.count,
        received,
      };
      await this.to.take(format === undefined ? batch : { ...batch, format });
    }
  }

  private say(request: IncomingMessage, { status, message }: Refusal): void {
    this.refused += 1;
    if (!isWorthSaying(this.refused)) return;
    const from = request.socket.remoteAddress ?? "a client that is gone";
    this.to.note({
      kind: "refused",
      source: this.name,
      message: `${this.name}: a request from ${from} was answered ${status}: ${message} (${this.refused} so far)`,
    });
  }
}

function unavailable(message: string): Refusal {
  return new Refusal(503, `${message}; send it again`, { "retry-after": "2" });
}

function send(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}

async function closed(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceTime);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}
