import { createHash } from "node:crypto";
import { DetectError } from "../errors.ts";
import { DeliveryError } from "./delivery-error.ts";

/** The longest wait that the other side may ask for. Milliseconds. */
const longestWait = 3_600_000;

/** An address to post to. What it holds of secrets (user, path, query) is in no message. */
export interface Endpoint {
  readonly url: string;
  readonly authorization?: string;
  /** For messages: `https://example.com`. */
  readonly shown: string;
  /** Tells endpoints of one host apart, and is the same at every start. */
  readonly mark: string;
}

/** Reads the URL of an output. `place` names the option; the URL itself is not repeated, it may hold a secret. */
export function endpointOf(text: string, place: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new DetectError("OUTPUT", { place, problem: "expected a URL that begins with https:// or http://" });
  const mark = createHash("sha256").update(url.href).digest("hex").slice(0, 8);
  const { username, password, origin } = url;
  url.username = "";
  url.password = "";
  url.hash = "";
  const user = username || password ? Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64") : undefined;
  return { url: url.href, shown: origin, mark, ...(user === undefined ? {} : { authorization: `Basic ${user}` }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface PostLimits {
  /** Gives up what is on its way. */
  readonly closing: AbortSignal;
  /** Milliseconds until the answer is there. */
  readonly timeout: number;
}

/** For all outputs that post. Milliseconds. */
export const defaultTimeout = 10_000;

/** Posts a body. Resolves when the answer is 2xx; rejects with a DeliveryError otherwise. Redirects are not followed: a signed body goes where it was sent. */
export async function post(
  { url, authorization, shown }: Endpoint,
  body: string,
  headers: Readonly<Record<string, string>>,
  { closing, timeout }: PostLimits,
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { "content-type": "application/json", "user-agent": "telltale", ...(authorization ? { authorization } : {}), ...headers },
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeout)]),
    });
  } catch (error) {
    throw new DeliveryError(`${shown}: ${failureOf(error, timeout)}`);
  }
  // What the body says is not needed; left unread, it would hold the connection.
  await response.body?.cancel().catch(() => undefined);
  if (response.ok) return;
  const redirected = response.status >= 300 && response.status < 400 ? "; give the address that it redirects to" : "";
  throw new DeliveryError(`${shown}: answered ${response.status}${redirected}`, retryAfterOf(response.headers.get("retry-after")));
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the other side broke the connection off",
  ENOTFOUND: "its name has no address",
  EAI_AGAIN: "its name cannot be looked up at the moment",
  EHOSTUNREACH: "there is no way to that address",
  ENETUNREACH: "there is no way to that network",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself; NODE_EXTRA_CA_CERTS names one to trust",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody known; NODE_EXTRA_CA_CERTS names one to trust",
};

/** A code of the system or of the HTTP client; their messages may repeat the address. */
function failureOf(error: unknown, timeout: number): string {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  if (name === "TimeoutError") return `did not answer within ${timeout / 1000} s`;
  if (name === "AbortError") return "was given up because the detector ends";
  const code = typeof cause?.code === "string" ? cause.code : undefined;
  return `cannot be reached: ${code === undefined ? "the connection failed" : (reasons[code] ?? code)}`;
}

/** Seconds or an HTTP date, RFC 9110 section 10.2.3. Milliseconds. */
function retryAfterOf(value: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longestWait);
}
