import { formatWithOptions } from "node:util";
import type { Redactor } from "../../contract.ts";
import { createRedactor } from "../../redact/index.ts";
import type { RedactOptions } from "../../redact/index.ts";
import { nameRedactor, printable } from "../printable.ts";
import { LEVEL, MESSAGE, SPLAT } from "./internals.ts";
import type { WinstonFormat, WinstonInfo } from "./internals.ts";

const PLACEHOLDER = /%[scdjifoO]/;

/**
 * A winston format that takes secrets out of a line: `format.combine(redactingFormat(), format.timestamp(), format.json())`. It
 * stands first and does the work of `format.splat()` and `format.errors({ stack: true })` with it, since a message can only be
 * judged once its parts are put together: those two find nothing left to do. Everything of the line is redacted: message, metadata,
 * default and child metadata, errors with causes, splat, other symbols. What it returns is a new object of plain values.
 *
 * `redactor`: a redactor, or the options to make one with. The format never throws. What winston does before it asks any format
 * (it reads the metadata's own properties, and writes the level into the object that is logged) it cannot mend. Nor can it say which
 * request a line belongs to: winston calls formats late where a transport is slow, and then in the context of another request.
 */
export function redactingFormat(redactor: Redactor | RedactOptions = {}): WinstonFormat {
  const lines = new Lines(isRedactor(redactor) ? redactor : createRedactor(redactor));
  return { options: {}, transform: (info) => lines.redact(info) };
}

function isRedactor(given: Redactor | RedactOptions): given is Redactor {
  return "value" in given && typeof given.value === "function";
}

class Lines {
  private readonly redactor: Redactor;
  private readonly safeName: (name: string) => string;

  constructor(redactor: Redactor) {
    this.redactor = redactor;
    this.safeName = nameRedactor(redactor);
  }

  redact(info: WinstonInfo): WinstonInfo {
    const line: WinstonInfo = { level: levelOf(info), message: "" };
    line[LEVEL] = read(info, LEVEL) === undefined ? line.level : String(read(info, LEVEL));
    try {
      this.addParts(line, info);
    } catch {
      // A proxy whose traps throw: what was read until then is kept.
      line.message ||= "[unreadable]";
    }
    return line;
  }

  private addParts(line: WinstonInfo, info: WinstonInfo): void {
    const error = info instanceof Error ? info : undefined;
    if (error) this.addError(line, error);
    const message = read(info, "message");
    if (message instanceof Error) this.addError(line, message);
    else line.message = this.message(message, read(info, SPLAT) ?? read(info, "splat"), line);
    for (const name of Object.keys(info)) {
      if (name !== "level" && name !== "message" && name !== "splat") this.add(line, name, read(info, name));
    }
    const finished = read(info, MESSAGE);
    if (typeof finished === "string") line[MESSAGE] = this.redactor.text(finished);
  }

  /** As `format.errors({ stack: true, cause: true })` would: an error's own fields beside its message, stack and cause. */
  private addError(line: WinstonInfo, error: Error): void {
    const json = this.redactor.value(error);
    if (typeof json !== "object" || json === null || Array.isArray(json)) return;
    for (const [name, value] of Object.entries(json)) if (name !== "level" && name !== "type") line[name] = value;
  }

  private message(template: unknown, splat: unknown, line: WinstonInfo): unknown {
    if (typeof template !== "string") return this.redactor.value(template, "message");
    const parts: readonly unknown[] = Array.isArray(splat) ? splat : [];
    const wanted = PLACEHOLDER.test(template) ? placeholders(template) : 0;
    for (const meta of parts.slice(wanted)) this.addMeta(line, meta);
    if (wanted === 0 || parts.length === 0) return this.redactor.text(template);
    const safe = parts.slice(0, wanted).map((part) => printable(this.redactor, part));
    return this.redactor.text(formatWithOptions({ colors: false, compact: true, breakLength: Infinity }, template, ...safe));
  }

  /** What a call passes beyond its placeholders. */
  private addMeta(line: WinstonInfo, meta: unknown): void {
    if (typeof meta !== "object" || meta === null) return;
    const json = this.redactor.value(meta);
    if (typeof json !== "object" || json === null || Array.isArray(json)) return;
    for (const [name, value] of Object.entries(json)) if (name !== "level" && name !== "message" && name !== "type") line[name] = value;
  }

  private add(line: WinstonInfo, name: string, value: unknown): void {
    if (typeof value === "function" || value === undefined) return;
    Object.defineProperty(line, this.safeName(name), {
      value: this.redactor.value(value, name),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

/** `%%` is an escaped per cent sign and takes no argument. */
function placeholders(template: string): number {
  return template.replaceAll("%%", "").match(new RegExp(PLACEHOLDER, "g"))?.length ?? 0;
}

function levelOf(info: WinstonInfo): string {
  const level = read(info, "level");
  return typeof level === "string" ? level : String(read(info, LEVEL) ?? "info");
}

function read(from: object, name: string | symbol): unknown {
  try {
    return (from as { readonly [name: string | symbol]: unknown })[name];
  } catch {
    return "[unreadable]";
  }
}
