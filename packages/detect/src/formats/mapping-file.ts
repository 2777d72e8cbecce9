import { RE2JS } from "re2js";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Node } from "yaml";
import { DetectError, messageOf } from "../errors.ts";

/** A mapping file, checked: how to read the lines of one application. docs/formats.md says it for people. */
export interface Mapping {
  readonly file: string;
  readonly name: string;
  readonly format: "json" | "text" | "elixir-text";
  /** RE2 with named groups for `text`; Logger's pattern for `elixir-text`. */
  readonly pattern?: string;
  /** Without a unit, the form of the time is told from its looks. */
  readonly time?: { readonly path: string; readonly unit?: TimeUnit };
  readonly event: {
    /** Where the name stands; without it, every line is the event `name`. */
    readonly path?: string;
    readonly name?: string;
    readonly map: ReadonlyMap<string, string>;
    /** For names that the map does not hold, before the vocabulary's aliases are asked. */
    readonly otherwise?: string;
  };
  readonly fields: readonly { readonly name: string; readonly from: { readonly path: string } | { readonly value: string } }[];
  /** Lines that one of these RE2 patterns finds are `other`. */
  readonly ignore: readonly string[];
  /** All must hold; a line that differs is `other`. */
  readonly when: readonly { readonly path: string; readonly values: readonly string[] }[];
}

export type TimeUnit = (typeof units)[number];

const units = ["s", "ms", "us", "ns"] as const;
const kinds = ["json", "text", "elixir-text"] as const;
const keys = ["name", "format", "pattern", "time", "event", "fields", "ignore", "when"] as const;

/** What a mapping may set. A name under `details.` is free. */
const targets: ReadonlySet<string> = new Set(
  `actor.id actor.type actor.name actor.email actor.effective.id target.id target.type target.name source.ip source.peer user_agent
  request.id request.method request.route request.trace_id session tenant service hostname environment reason outcome msg`.split(/\s+/),
);

const LONGEST_PATTERN = 4000;
const LONGEST_FILE = 1 << 20;

/** Reads a mapping file. Throws a DetectError that names file, line, key and what was expected. */
export function readMapping(source: { readonly file: string; readonly text: string }): Mapping {
  const reader = new MappingReader(source.file, source.text);
  return reader.read();
}

class MappingReader {
  private readonly file: string;
  private readonly lines = new LineCounter();
  private readonly root: Node | null;

  constructor(file: string, text: string) {
    this.file = file;
    if (text.length > LONGEST_FILE) throw this.error(undefined, "the file", "is longer than 1 MB");
    const document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
    const [problem] = document.errors;
    if (problem)
      throw new DetectError("MAPPING", {
        place: `${file}:${this.lineAt(problem.pos[0])}`,
        key: "the file",
        problem: `is not valid YAML: ${firstLine(problem.message)}`,
      });
    this.root = document.contents;
  }

  read(): Mapping {
    const top = this.entries(this.root, "the file");
    for (const [key, node] of top) {
      if (!(keys as readonly string[]).includes(key)) throw this.error(node, key, `is not known: expected ${keys.join(", ")}`);
    }
    const pattern = this.optionalText(top.get("pattern"), "pattern");
    const format = this.oneOf(top.get("format"), "format", kinds) ?? (pattern === undefined ? "json" : "text");
    const name = this.text(top.get("name"), "name");
    if (!/^[a-z][a-z0-9_-]{0,63}$/.test(name)) throw this.error(top.get("name"), "name", "expected lower case letters, digits, - and _");
    if (format === "text") this.checkPattern(top.get("pattern"), "pattern", pattern);
    if (format === "json" && pattern !== undefined)
      throw this.error(top.get("pattern"), "pattern", "stands with format text or elixir-text, not with json");
    return {
      file: this.file,
      name,
      format,
      pattern,
      time: this.time(top.get("time")),
      event: format === "elixir-text" && !top.has("event") ? { map: new Map() } : this.event(top.get("event")),
      fields: this.fields(top.get("fields")),
      ignore: this.list(top.get("ignore"), "ignore").map((one) => this.checkPattern(top.get("ignore"), "ignore", one)),
      when: [...this.entries(top.get("when"), "when")].map(([path, node]) => ({
        path: pathOf(path),
        values: this.list(node, `when.${path}`),
      })),
    };
  }

  private time(node: Node | undefined): Mapping["time"] {
    if (node === undefined) return undefined;
    if (!isMap(node)) return { path: pathOf(this.text(node, "time")) };
    const entries = this.known(node, "time", ["field", "format"]);
    const unit = this.oneOf(entries.get("format"), "time.format", units);
    return {
      path: pathOf(this.text(entries.get("field") ?? node, "time.field", entries.has("field"))),
      ...(unit === undefined ? {} : { unit }),
    };
  }

  private event(node: Node | undefined): Mapping["event"] {
    if (node === undefined) throw this.error(undefined, "event", "is missing: expected the name of an event, or field and map");
    if (!isMap(node)) return { name: this.eventName(node, "event"), map: new Map() };
    const entries = this.known(node, "event", ["field", "map", "default"]);
    const map = new Map<string, string>();
    for (const [written, one] of this.entries(entries.get("map"), "event.map"))
      map.set(written, this.eventName(one, `event.map.${written}`));
    const otherwise = entries.get("default");
    return {
      path: pathOf(this.text(entries.get("field") ?? node, "event.field", entries.has("field"))),
      map,
      ...(otherwise === undefined ? {} : { otherwise: this.eventName(otherwise, "event.default") }),
    };
  }

  private eventName(node: Node, key: string): string {
    const name = this.text(node, key);
    if (!/^[a-z][a-z0-9_]{0,99}$/.test(name)) throw this.error(node, key, "expected the name of an event such as authn_login_fail");
    return name;
  }

  private fields(node: Node | undefined): Mapping["fields"] {
    return [...this.entries(node, "fields")].map(([name, one]) => {
      if (!targets.has(name) && !/^details\.[A-Za-z_]\w{0,63}$/.test(name)) {
        throw this.error(one, `fields.${name}`, `is no field of an event: expected ${[...targets].join(", ")} or details.NAME`);
      }
      if (!isMap(one)) return { name, from: { path: pathOf(this.text(one, `fields.${name}`)) } };
      return { name, from: { value: this.text(this.known(one, `fields.${name}`, ["value"]).get("value"), `fields.${name}.value`) } };
    });
  }

  private checkPattern(node: Node | undefined, key: string, pattern: string | undefined): string {
    if (pattern === undefined) throw this.error(node, key, "is missing: expected a regular expression with named groups, (?P<user>...)");
    if (pattern.length > LONGEST_PATTERN) throw this.error(node, key, `is longer than ${LONGEST_PATTERN} characters`);
    try {
      RE2JS.compile(pattern);
    } catch (cause) {
      throw this.error(node, key, `is no regular expression of RE2: ${firstLine(messageOf(cause))}`);
    }
    return pattern;
  }

  private known(node: Node, key: string, allowed: readonly string[]): ReadonlyMap<string, Node> {
    const entries = this.entries(node, key);
    for (const [name, one] of entries)
      if (!allowed.includes(name)) throw this.error(one, `${key}.${name}`, `is not known: expected ${allowed.join(", ")}`);
    return entries;
  }

  private entries(node: Node | null | undefined, key: string): ReadonlyMap<string, Node> {
    if (node === undefined) return new Map();
    if (!isMap(node)) throw this.error(node ?? undefined, key, "expected keys and values");
    const entries = new Map<string, Node>();
    for (const { key: name, value } of node.items) {
      if (!isScalar(name) || value === null) throw this.error((name as Node | null) ?? undefined, key, "expected keys and values");
      entries.set(String(name.value), value as Node);
    }
    return entries;
  }

  private list(node: Node | undefined, key: string): readonly string[] {
    if (node === undefined) return [];
    return isSeq(node) ? node.items.map((one) => this.text(one as Node, key)) : [this.text(node, key)];
  }

  private oneOf<T extends string>(node: Node | undefined, key: string, allowed: readonly T[]): T | undefined {
    const text = this.optionalText(node, key);
    if (text === undefined) return undefined;
    const found = allowed.find((one) => one === text);
    if (found === undefined) throw this.error(node, key, `expected one of ${allowed.join(", ")}`);
    return found;
  }

  private optionalText(node: Node | undefined, key: string): string | undefined {
    return node === undefined ? undefined : this.text(node, key);
  }

  private text(node: Node | undefined, key: string, given = true): string {
    if (node === undefined || !given) throw this.error(node, key, "is missing: expected text");
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    throw this.error(node, key, "expected text");
  }

  private error(node: Node | undefined, key: string, problem: string): DetectError {
    const at = node?.range?.[0];
    return new DetectError("MAPPING", { place: at === undefined ? this.file : `${this.file}:${this.lineAt(at)}`, key, problem });
  }

  private lineAt(offset: number): number {
    return this.lines.linePos(offset).line;
  }
}

/** `$.user.login` and `user.login` are the same. */
function pathOf(text: string): string {
  return text.startsWith("$.") ? text.slice(2) : text;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/:$/, "");
}
