import { createHmac } from "node:crypto";
import type { Output } from "../contract.ts";
import { DetectError } from "../errors.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { defaultTimeout, endpointOf, post } from "./http.ts";
import { alertObject } from "./json.ts";
import { jsonText } from "./visible.ts";

export interface WebhookOptions {
  readonly url: string;
  /**
   * Signs each request as Standard Webhooks 1.0.0 describes it: `whsec_` and base64, or any other text, whose bytes then are
   * the key. Several, separated by spaces, sign side by side, so that one can be replaced. Default: no signature.
   */
  readonly secret?: string;
  /** Milliseconds until the answer must be there. Default: 10,000. */
  readonly timeout?: number;
  /** For messages: which option or variable it came from. Default: `webhook`. */
  readonly place?: string;
}

/**
 * Posts `{"alert": …}` (see json.ts) and takes any 2xx for received. Headers: `webhook-id`, the same when an
 * alert is sent twice; `webhook-timestamp`, seconds; `webhook-signature`, `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body`. Throws DetectError OUTPUT for what is no URL or no secret.
 */
export function createWebhookOutput({ url, secret, timeout = defaultTimeout, place = "webhook" }: WebhookOptions): Output {
  const endpoint = endpointOf(url, place);
  const keys = (secret ?? "")
    .split(" ")
    .filter(Boolean)
    .map((one) => keyOf(one, place));
  const closing = new AbortController();
  return {
    name: `webhook ${endpoint.shown} ${endpoint.mark}`,
    deliver(alert) {
      const id = alertKey(alert);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const body = jsonText({ alert: alertObject(alert) });
      const signatures = keys.map((key) => `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`);
      const headers = { "webhook-id": id, "webhook-timestamp": timestamp };
      return post(endpoint, body, signatures.length === 0 ? headers : { ...headers, "webhook-signature": signatures.join(" ") }, {
        closing: closing.signal,
        timeout,
      });
    },
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

/** The spare key of a base64 text that is none would be empty, and anybody could sign. */
function keyOf(secret: string, place: string): Buffer {
  if (!secret.startsWith("whsec_")) return Buffer.from(secret);
  const text = secret.slice("whsec_".length);
  if (!/^[A-Za-z0-9+/]{22,}={0,2}$/.test(text))
    throw new DetectError("OUTPUT", { place, problem: "the secret: expected base64 of 16 bytes or more after whsec_" });
  return Buffer.from(text, "base64");
}
