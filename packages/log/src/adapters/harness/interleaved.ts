import { Agent, request } from "node:http";
import type { Report, Seen } from "./work.ts";

export interface Load {
  readonly port: number;
  readonly requests?: number;
  readonly concurrency?: number;
  /** Path of the nth request. Default: `/jobs/N`. */
  readonly path?: (n: number) => string;
  /** Which requests have a body of JSON, and what it is. Default: every second, `{ "n": N }`. */
  readonly body?: (n: number) => string | undefined;
  readonly headers?: (n: number) => { readonly [name: string]: string };
  /** How the report stands in the response. Default: as JSON. */
  readonly report?: (text: string) => Report;
  /** The template that requests see once they are routed. Default: `/jobs/:n`. */
  readonly route?: string | undefined;
  /** A path that the adapter does not stand in front of, asked after every fifth request: what it sees must be nothing. */
  readonly outside?: string;
}

/** Sends requests interleaved over connections that are kept alive; answers with every report that is not the request's own. */
export async function faultsOf(load: Load): Promise<readonly string[]> {
  const { requests = 10_000, concurrency = 64 } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const faults: string[] = [];
  let next = 0;
  const lane = async () => {
    while (next < requests && faults.length < 20) {
      const n = next++;
      faults.push(...(await one(agent, load, n)));
      if (load.outside !== undefined && n % 5 === 0) faults.push(...(await outsider(agent, load, load.outside)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  agent.destroy();
  return faults;
}

async function one(agent: Agent, load: Load, n: number): Promise<string[]> {
  const body = load.body ? load.body(n) : n % 2 === 0 ? JSON.stringify({ n, padding: "x".repeat(n % 3000) }) : undefined;
  const headers = { "x-request-id": `id-${n}`, "user-agent": `agent/${n}`, ...load.headers?.(n) };
  const { status, text } = await send(agent, load.port, load.path?.(n) ?? `/jobs/${n}`, body, headers);
  if (status !== 200) return [`${n}: status ${status} ${text.slice(0, 300)}`];
  const report = (load.report ?? JSON.parse)(text) as Report;
  const route = "route" in load ? load.route : "/jobs/:n";
  const method = body === undefined ? "GET" : "POST";
  const own: Seen = { id: `id-${n}`, actor: `actor-${n}`, route, method, ip: "127.0.0.1", agent: `agent/${n}` };
  return [
    ...fault(n, "arrived", report.arrived, { ...own, actor: undefined }),
    ...(["then", "last", "background"] as const).flatMap((moment) => fault(n, moment, report[moment], own)),
  ];
}

async function outsider(agent: Agent, load: Load, path: string): Promise<string[]> {
  const { text } = await send(agent, load.port, path);
  return text === "{}" ? [] : [`${path}: leaked ${text}`];
}

function fault(n: number, moment: string, seen: Seen, wanted: Seen): string[] {
  const keys = Object.keys(wanted) as (keyof Seen)[];
  const wrong = keys.filter((key) => seen[key] !== wanted[key]);
  return wrong.map((key) => `${n} ${moment}: ${key} is ${seen[key]}, not ${wanted[key]}`);
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export function send(
  agent: Agent | undefined,
  port: number,
  path: string,
  body?: string,
  headers: { readonly [name: string]: string | readonly string[] } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const method = body === undefined ? "GET" : "POST";
    const call = request({ agent, port, path, method, host: "127.0.0.1", headers: { ...content, ...headers } as never }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

/** Sends half of a body, and goes away once the response has begun. */
export function leave(port: number, path: string, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "x-request-id": id, "content-length": 1_000 };
    const call = request({ port, path, method: "POST", host: "127.0.0.1", agent: false, headers }, (response) => {
      response.on("error", () => undefined);
      call.on("close", resolve);
      call.destroy();
    });
    call.on("error", reject);
    call.write("half");
  });
}
