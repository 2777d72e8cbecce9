import { isMap, isNode, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import type { ErrorPlace } from "../errors.ts";
import { TelltaleError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Config } from "./config.ts";
import { configJsonSchema, configSchema } from "./schema.ts";

type Path = readonly PropertyKey[];

export { defaultConfig } from "./defaults.ts";

/**
 * The text of a telltale.yaml as settings. `file` is its name for messages.
 * Throws TT1002 (no YAML), TT1003 (unknown key) or TT1004 (bad value) with line and column.
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) throw notYaml(fault.message, { file, ...position(lines, fault.pos[0]) });
  const parsed = configSchema.safeParse(plainValue(document, file));
  if (parsed.success) return parsed.data;
  throw explainIssue(parsed.error.issues[0]!, document, lines, file);
}

function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    throw notYaml(cause instanceof Error ? cause.message : String(cause), { file });
  }
}

function notYaml(message: string, place: ErrorPlace): TelltaleError {
  const sentence = message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
  return new TelltaleError("TT1002", { cause: sentence }, place);
}

function explainIssue(issue: z.core.$ZodIssue, document: Document, lines: LineCounter, file: string): TelltaleError {
  const inner = innermost(issue);
  const path: Path = [...issue.path, ...(inner === issue ? [] : inner.path)];
  if (inner.code === "unrecognized_keys") {
    const key = inner.keys[0]!;
    const place = { file, ...position(lines, offsetOfKey(document, path, key)) };
    return new TelltaleError("TT1003", { key: dotted([...path, key]), hint: didYouMean(key, keysAt(path)) }, place);
  }
  const place = { file, ...position(lines, offsetOfValue(document, path)) };
  return new TelltaleError("TT1004", { key: dotted(path) || "config", cause: lowerFirst(inner.message) }, place);
}

/** Of a value that fits none of several shapes: the complaint of the shape that it comes nearest to. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const close = issue.errors.find((branch) => branch[0]?.code !== "invalid_type" || branch[0].path.length > 0);
  return close?.[0] ?? issue;
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  let nodes: readonly SchemaNode[] = [configJsonSchema() as SchemaNode];
  for (const step of path) {
    nodes = nodes.flatMap(alternatives).flatMap((node) => stepInto(node, step));
  }
  return nodes.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}

function alternatives(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ?? [node];
}

function stepInto(node: SchemaNode, step: PropertyKey): readonly SchemaNode[] {
  const next = typeof step === "number" ? node.items : node.properties?.[String(step)];
  return next === undefined ? [] : [next];
}

function offsetOfKey(document: Document, path: Path, key: string): number {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(parent)) return 0;
  const pair = parent.items.find((item) => String(item.key) === key);
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

/** The value at the path, or the nearest thing around it that was written. */
function offsetOfValue(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `actions[2].handler` */
function dotted(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`)).join("");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
