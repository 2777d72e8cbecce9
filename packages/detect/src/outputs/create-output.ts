import type { Writable } from "node:stream";
import type { Output } from "../contract.ts";
import { DetectError } from "../errors.ts";
import { createFileOutput } from "./file.ts";
import { createMailOutput } from "./mail.ts";
import { renderers } from "./renderers.ts";
import type { Renderer } from "./renderer.ts";
import { createSlackOutput } from "./slack.ts";
import { createStreamOutput } from "./stream.ts";
import { textRenderer } from "./text.ts";
import { visibleShort } from "./visible.ts";
import { createWebhookOutput } from "./webhook.ts";

/** An output as a program or a configuration file names it. What is left out comes from the environment, as with `--to`. */
export type OutputSpec =
  | { readonly type: "stdout"; readonly format?: string }
  | { readonly type: "file"; readonly path: string; readonly format?: string }
  | { readonly type: "webhook"; readonly url?: string; readonly secret?: string }
  | { readonly type: "slack"; readonly url?: string }
  | { readonly type: "mail"; readonly to: string | readonly string[]; readonly from?: string; readonly smtp?: string };

export interface CreateOutputOptions {
  /**
   * Secrets come from here, so that no list of processes shows them. Default: `process.env`. Read are TELLTALE_WEBHOOK_URL,
   * TELLTALE_WEBHOOK_SECRET, TELLTALE_SLACK_URL, TELLTALE_SMTP_URL and TELLTALE_MAIL_FROM.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: `process.stdout`. */
  readonly stdout?: Writable;
  /** Colours for text on standard output; the caller asks the terminal and `NO_COLOR`. Default: false. */
  readonly color?: boolean;
  /** For messages: the option, or the file and its line. Default: `--to`. */
  readonly place?: string;
}

/** What `--to` takes: for `--help` and for messages. */
export const outputForms: readonly (readonly [form: string, description: string])[] = [
  ["-", "text on standard output"],
  ...[...renderers.values()].map(({ id, description }) => [id, `${description}, on standard output`] as const),
  ["FORMAT=FILE", "the same, appended to a file: json=alerts.jsonl"],
  ["webhook=URL", "POST of JSON; signed with TELLTALE_WEBHOOK_SECRET. Without =URL: TELLTALE_WEBHOOK_URL"],
  ["slack=URL", "an incoming webhook of Slack. Without =URL: TELLTALE_SLACK_URL"],
  ["mailto:ADDRESS", "e-mail by the server in TELLTALE_SMTP_URL; ?from=ADDRESS or TELLTALE_MAIL_FROM"],
];

/** Makes an output of `--to`'s spelling or of a table of settings. Throws DetectError OUTPUT with what was expected. */
export function createOutput(spec: string | OutputSpec, options: CreateOutputOptions = {}): Output {
  const { env = process.env, stdout = process.stdout, color = false, place = "--to" } = options;
  const settings = typeof spec === "string" ? specOf(spec, place) : spec;
  switch (settings.type) {
    case "stdout": {
      const renderer = rendererOf(settings.format ?? "text", place);
      return createStreamOutput(stdout, renderer.id === "text" ? textRenderer({ color }) : renderer);
    }
    case "file":
      return createFileOutput(textOf(settings.path, "path", place), rendererOf(settings.format ?? "json", place));
    case "webhook": {
      const url = textOf(settings.url ?? env["TELLTALE_WEBHOOK_URL"], "the URL, there or in TELLTALE_WEBHOOK_URL", place);
      return createWebhookOutput({ url, secret: settings.secret ?? env["TELLTALE_WEBHOOK_SECRET"], place: `${place} webhook` });
    }
    case "slack":
      return createSlackOutput({
        url: textOf(settings.url ?? env["TELLTALE_SLACK_URL"], "the URL, there or in TELLTALE_SLACK_URL", place),
        place: `${place} slack`,
      });
    case "mail": {
      const smtp = textOf(
        settings.smtp ?? env["TELLTALE_SMTP_URL"],
        "a mail server: set TELLTALE_SMTP_URL to smtp://user:password@host:587",
        place,
      );
      const to = [settings.to].flat().map((one) => textOf(one, "an address to send to", place));
      return createMailOutput({ smtp, to, from: settings.from ?? env["TELLTALE_MAIL_FROM"], place: `${place} mailto` });
    }
    default:
      throw refused(place, `${visibleShort(String((settings as { readonly type?: unknown }).type), 80)} is no type of output`);
  }
}

function specOf(spec: string, place: string): OutputSpec {
  const mail = /^mailto:(.*)$/i.exec(spec)?.[1];
  if (mail !== undefined) return mailSpec(mail, place);
  const equals = spec.indexOf("=");
  const [name, value] = equals === -1 ? [spec, undefined] : [spec.slice(0, equals), spec.slice(equals + 1)];
  if (value === "") throw refused(place, `${visibleShort(name, 80)}= lacks what stands behind it`);
  if (name === "webhook" || name === "slack") return { type: name, ...(value === undefined ? {} : { url: value }) };
  if ((name === "-" || name === "stdout") && value === undefined) return { type: "stdout" };
  if (!renderers.has(name)) throw refused(place, `${visibleShort(name, 80)} is no output`);
  return value === undefined || value === "-" ? { type: "stdout", format: name } : { type: "file", path: value, format: name };
}

/** RFC 6068, of which `to` and `from` are read. */
function mailSpec(text: string, place: string): OutputSpec {
  const [addresses = "", query = ""] = text.split("?", 2);
  const fields = new URLSearchParams(query.replaceAll("+", "%2B"));
  for (const name of fields.keys()) {
    if (name !== "from" && name !== "to") throw refused(place, `mailto: ${visibleShort(name, 80)} is not known; expected from or to`);
  }
  try {
    const to = [...addresses.split(",").map(decodeURIComponent), ...fields.getAll("to").flatMap((one) => one.split(","))].filter(
      (one) => one !== "",
    );
    return { type: "mail", to, ...(fields.has("from") ? { from: fields.get("from")! } : {}) };
  } catch {
    throw refused(place, "mailto: the address is not percent-encoded text");
  }
}

function rendererOf(format: string, place: string): Renderer {
  const renderer = renderers.get(format);
  if (!renderer) throw refused(place, `${visibleShort(String(format), 80)} is no format; expected ${[...renderers.keys()].join(", ")}`);
  return renderer;
}

function textOf(value: unknown, what: string, place: string): string {
  if (typeof value !== "string" || value === "") throw refused(place, `expected ${what}`);
  return value;
}

function refused(place: string, problem: string): DetectError {
  const hint = / is no (?:output|type)/.test(problem) ? `; expected ${outputForms.map(([form]) => form).join(", ")}` : "";
  return new DetectError("OUTPUT", { place, problem: problem + hint });
}
