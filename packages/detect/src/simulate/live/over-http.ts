import { DetectError } from "../../errors.ts";
import { MINUTE } from "../options.ts";
import { Random } from "../random.ts";
import { slept } from "./replay.ts";

/** Attacks that need nothing but a log-in form. */
export type HttpAttackClass = "brute_force_account" | "brute_force_source" | "credential_stuffing" | "password_spraying" | "enumeration";

export interface HttpAttackOptions {
  /** Where the application listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly class: HttpAttackClass;
  /** Default `/login`. */
  readonly path?: string;
  /** Names of the two fields. Default `name` and `password`. */
  readonly fields?: { readonly name: string; readonly password: string };
  /** How the fields are sent. Default `json`. */
  readonly body?: "json" | "form";
  /** Names that have an account; the victim of `brute_force_account` is the first. Default `ada`, `bob`. */
  readonly names?: readonly string[];
  /** What comes after made-up names, such as `@example.com`. Default: nothing. */
  readonly suffix?: string;
  /** Requests in all; default 60. */
  readonly tries?: number;
  /** Requests a minute; default 240. */
  readonly rate?: number;
  readonly seed?: number;
  /** Says that a host that is not this machine is the caller's own, and may be attacked. Default false. */
  readonly iOwnThisHost?: boolean;
  readonly signal?: AbortSignal;
}

export interface HttpAttackReport {
  readonly sent: number;
  /** How often each status came; `0` is no answer at all. */
  readonly statuses: { readonly [status: string]: number };
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
}

const ANSWER_WITHIN = 10_000;
const ROUNDS = 4;
const passwords = ["123456", "password", "qwerty123", "letmein", "Summer2026!", "Winter2025!", "welcome1", "iloveyou"] as const;

/**
 * Sends real log-in requests, one after the other, at an even rate. Only to this machine, unless `iOwnThisHost`: throws DetectError
 * `SIMULATION` before anything is sent. Redirects are not followed. What the application answers is counted, not judged.
 */
export async function attackOverHttp(options: HttpAttackOptions): Promise<HttpAttackReport> {
  const target = targetOf(options);
  const { tries = 60, rate = 240, signal } = options;
  const random = new Random(options.seed ?? 1);
  const statuses: { [status: string]: number } = {};
  const from = Date.now();
  let sent = 0;
  for (const pair of pairs(options, tries, random)) {
    const wait = from + (sent * MINUTE) / rate - Date.now();
    if (wait > 0 && !(await slept(wait, signal))) break;
    if (signal?.aborted) break;
    const status = String(await answerTo(target, pair, options));
    statuses[status] = (statuses[status] ?? 0) + 1;
    sent++;
  }
  return { sent, statuses, from, until: Date.now() };
}

interface Pair {
  readonly name: string;
  readonly password: string;
}

function targetOf({ url, path = "/login", iOwnThisHost = false }: HttpAttackOptions): URL {
  let target: URL;
  try {
    target = new URL(path, url);
  } catch {
    throw new DetectError("SIMULATION", { place: url, problem: "is no address: expected one such as http://127.0.0.1:3000" });
  }
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    throw new DetectError("SIMULATION", { place: target.href, problem: "must begin with http:// or https://" });
  }
  if (!iOwnThisHost && !isLoopback(target.hostname)) {
    throw new DetectError("SIMULATION", {
      place: target.origin,
      problem: "is not this machine: attack only hosts that are yours, and say so (iOwnThisHost)",
    });
  }
  return target;
}

/** `localhost` and its subdomains are this machine (RFC 6761), and so are 127.0.0.0/8 and ::1. URL has already made numbers canonical. */
function isLoopback(hostname: string): boolean {
  return hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname) || /(^|\.)localhost$/.test(hostname);
}

/** Which name with which password, try by try. */
function* pairs(options: HttpAttackOptions, tries: number, random: Random): Generator<Pair, void, undefined> {
  const { names = ["ada", "bob"], suffix = "" } = options;
  const madeUp = () => `user.${random.hex8()}${suffix}`;
  const spread = Math.max(5, Math.ceil(tries / ROUNDS));
  const list = [...names.slice(0, spread), ...Array.from({ length: Math.max(0, spread - names.length) }, madeUp)];
  for (let one = 0; one < tries; one++) {
    const password = `${random.pick(passwords)}${random.whole(0, 99)}`;
    if (options.class === "brute_force_account") yield { name: names[0] ?? madeUp(), password };
    else if (options.class === "brute_force_source") yield { name: list[one % Math.min(5, list.length)] as string, password };
    else if (options.class === "password_spraying") {
      yield { name: list[one % list.length] as string, password: passwords[Math.floor(one / list.length) % passwords.length] as string };
    } else if (options.class === "credential_stuffing") yield { name: (one % 3 === 0 ? names[one / 3] : undefined) ?? madeUp(), password };
    else yield { name: madeUp(), password };
  }
}

/** The status, 0 where none came. */
async function answerTo(target: URL, pair: Pair, options: HttpAttackOptions): Promise<number> {
  const { fields = { name: "name", password: "password" }, body = "json", signal } = options;
  const values = { [fields.name]: pair.name, [fields.password]: pair.password };
  const limit = AbortSignal.timeout(ANSWER_WITHIN);
  try {
    const response = await fetch(target, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": body === "json" ? "application/json" : "application/x-www-form-urlencoded",
        "user-agent": "telltale-simulate",
      },
      body: body === "json" ? JSON.stringify(values) : new URLSearchParams(values).toString(),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
