import { isIP } from "node:net";
import { hostname } from "node:os";
import { visible } from "@telltale/vocabulary";
import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import { DetectError, messageOf } from "../errors.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { DeliveryError } from "./delivery-error.ts";
import { headline } from "./facts.ts";
import { alertText } from "./text.ts";
import { visibleShort } from "./visible.ts";

export interface MailOptions {
  /** `smtp://user:password@host:587` or `smtps://host:465`; user and password percent-encoded. `?tls=off` for a relay without TLS. */
  readonly smtp: string;
  readonly to: readonly string[];
  /** Default: `telltale@` and the name of the machine. */
  readonly from?: string;
  /** For messages: which option or variable it came from. Default: `mailto`. */
  readonly place?: string;
}

/** Milliseconds: to connect, for the greeting, without a byte. */
const patience = 10_000;
const longestSubject = 150;
const address = /^[^\s<>"(),:;\\[\]@]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/;

/**
 * Sends alerts by SMTP, one mail each; later messages of an episode are replies to the first, so that they stand in one
 * thread. A mail that is refused for one address counts as not delivered and is tried for that one again: addresses that
 * shall not wait for each other are outputs of their own. With a password TLS is required, except to this machine. Throws DetectError OUTPUT for what is no address or URL.
 */
export function createMailOutput({ smtp, to, from = `telltale@${hostname()}`, place = "mailto" }: MailOptions): Output {
  const server = serverOf(smtp, place);
  for (const one of [...to, from]) {
    if (!address.test(one))
      throw new DetectError("OUTPUT", { place, problem: `expected an address such as ops@example.com, got ${visibleShort(one, 80)}` });
  }
  if (to.length === 0) throw new DetectError("OUTPUT", { place, problem: "expected an address to send to" });
  let transport: ReturnType<typeof transportTo> | undefined;
  const name = `mail ${to.join(", ")}`;
  /** Of mails that a server took for some: the others, so that nobody gets one twice. */
  const refused = new Map<string, readonly string[]>();
  return {
    name,
    async deliver(alert) {
      const key = alertKey(alert);
      const rest = refused.get(key) ?? to;
      try {
        const mail = { ...mailOf(alert, from), from, to: [...to], disableFileAccess: true, disableUrlAccess: true };
        transport ??= transportTo(server);
        const { rejected } = await (await transport).sendMail({ ...mail, envelope: { from, to: [...rest] } });
        if (rejected.length === 0) return void refused.delete(key);
        refused.set(key, rejected);
        throw new Error(`the server refused ${rejected.join(", ")}`);
      } catch (error) {
        throw new DeliveryError(`${name}: not taken by ${server.host}:${server.port}: ${withoutSecrets(error, server.auth)}`);
      }
    },
    async close() {
      (await transport)?.close();
    },
  };
}

/** Made with the first mail: the package takes a fifth of all the time that the detector needs to load, and few send mail. */
async function transportTo(server: ReturnType<typeof serverOf>) {
  const { createTransport } = await import("nodemailer");
  return createTransport({ ...server, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience });
}

/** Subject and body from an alert: what came with an event cannot begin a line of the head. */
function mailOf(alert: Alert, from: string) {
  const domain = from.slice(from.indexOf("@") + 1);
  const idOf = (key: string) => `<${visible(key)}@${domain}>`;
  const first = idOf(alertKey({ ...alert, phase: "opened" }));
  return {
    subject: visibleShort(headline(alert), longestSubject),
    text: `${alertText(alert)}\n`,
    messageId: idOf(alertKey(alert)),
    ...(alert.phase === "opened" ? {} : { inReplyTo: first, references: first }),
    date: new Date(),
    // RFC 3834: so that nobody's absence is told to an alarm.
    headers: { "Auto-Submitted": "auto-generated", "X-Telltale-Level": alert.rule.level },
  };
}

function serverOf(text: string, place: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "")
    throw new DetectError("OUTPUT", { place, problem: "the mail server: expected smtp://user:password@host:587 or smtps://host:465" });
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const auth = url.username === "" ? undefined : { user: decoded(url.username, place), pass: decoded(url.password, place) };
  const isHere = host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
  const isOff = url.searchParams.get("tls") === "off";
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: auth !== undefined && !secure && !isHere && !isOff,
    ignoreTLS: isOff && !secure,
    ...(auth === undefined ? {} : { auth }),
  };
}

function decoded(text: string, place: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DetectError("OUTPUT", { place, problem: "the mail server: user and password must be percent-encoded" });
  }
}

/** A server's answer may repeat what it was told. */
function withoutSecrets(error: unknown, auth: { readonly user: string; readonly pass: string } | undefined): string {
  let text = messageOf(error);
  if (auth && auth.pass !== "") {
    const plain = Buffer.from(`\0${auth.user}\0${auth.pass}`).toString("base64");
    for (const secret of [plain, Buffer.from(auth.pass).toString("base64"), auth.pass]) text = text.replaceAll(secret, "…");
  }
  return visibleShort(text, 300);
}
