import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node as YamlNode,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from "yaml";
import { badValue, Refusal, Report, unsupported } from "./report.ts";
import { quoted } from "./nearest.ts";

type ScalarValue = string | number | boolean | null;

/** A value of a rule file; `at` is its offset in the text. */
export type Tree = MapTree | ListTree | ScalarTree;

export interface MapTree {
  readonly kind: "map";
  readonly at: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly value: Tree;
}

export interface ListTree {
  readonly kind: "list";
  readonly at: number;
  readonly items: readonly Tree[];
}

export interface ScalarTree {
  readonly kind: "scalar";
  readonly at: number;
  readonly value: ScalarValue;
  /** As written, where the value is no text: `0x10` of the number 16. */
  readonly source: string;
}

/** Larger texts are refused: the longest rule of SigmaHQ has 60 kB. Characters. */
const longestText = 4 * 1024 * 1024;
/** Values of one document, aliases counted as often as they stand: what an alias bomb runs into. */
const mostValues = 200_000;
const deepest = 64;

/** Documents of a text that are YAML; what is not is among the report's problems. Never throws, whatever the text. */
export function readYaml(file: string, text: string): { readonly documents: readonly Tree[]; readonly report: Report } {
  const lines = new LineCounter();
  const report = new Report(file, lines);
  const documents: Tree[] = [];
  if (text.length > longestText) {
    report.add(new Refusal("RULE_YAML", 0, { problem: `it has more than ${longestText / 1024 / 1024} MB` }));
    return { documents, report };
  }
  try {
    // Keys are checked for doubles below: the parser's own check takes quadratic time.
    for (const document of parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: "silent" })) {
      const [error] = document.errors;
      if (error !== undefined) report.add(new Refusal("RULE_YAML", error.pos[0], { problem: oneLine(error.message) }));
      else if (document.contents !== null) {
        const tree = report.attempt(() => new TreeBuilder().build(document.contents as YamlNode, 0).tree);
        if (tree !== undefined && !(tree.kind === "scalar" && tree.value === null)) documents.push(tree);
      }
    }
  } catch (error) {
    // The parser recurses: brackets nested ten thousand deep exhaust its stack.
    report.add(new Refusal("RULE_YAML", 0, { problem: error instanceof RangeError ? "it nests too deeply" : oneLine(String(error)) }));
  }
  return { documents, report };
}

interface Built {
  readonly tree: Tree;
  /** Values in it, itself included. */
  readonly size: number;
}

/** Builds the tree of one document. Aliases share the tree of their anchor; only their size is counted anew. */
class TreeBuilder {
  readonly #anchors = new Map<string, Built>();
  #size = 0;

  build(node: YamlNode, depth: number): Built {
    const at = node.range?.[0] ?? 0;
    if (depth > deepest) throw badValue(at, "the value", `nests deeper than ${deepest} levels`);
    if (isAlias(node)) return this.#alias(node, at);
    const before = this.#size;
    this.#count(1, at);
    const tree = this.#tree(node, at, depth);
    const built = { tree, size: this.#size - before };
    // Known only now that it is whole: an alias inside its own anchor finds nothing, and so no tree has a cycle.
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, built);
    return built;
  }

  #tree(node: YamlNode, at: number, depth: number): Tree {
    if (isSeq(node)) return { kind: "list", at, items: node.items.map((item) => this.#child(item, at, depth)) };
    if (isMap(node)) return { kind: "map", at, entries: this.#entries(node.items, at, depth) };
    if (isScalar(node)) return scalar(node, at);
    throw badValue(at, "the value", "is neither a map, a list nor a plain value");
  }

  #entries(pairs: readonly Pair[], at: number, depth: number): Entry[] {
    const seen = new Set<string>();
    return pairs.map((pair) => {
      const keyTree = this.#child(pair.key, at, depth);
      if (keyTree.kind !== "scalar") throw badValue(keyTree.at, "a key", "must be text, not a map or a list");
      const key = scalarText(keyTree);
      if (key === "<<") throw unsupported(keyTree.at, "<<", "merge keys of YAML 1.1; write the values out");
      if (seen.has(key)) throw badValue(keyTree.at, quoted(key), "stands twice in one map");
      seen.add(key);
      return { key, at: keyTree.at, value: this.#child(pair.value, keyTree.at, depth) };
    });
  }

  /** A value that is not written, as in `title:`, has no node: it is null at the place of its key. */
  #child(node: unknown, at: number, depth: number): Tree {
    if (node === null || node === undefined) return { kind: "scalar", at, value: null, source: "" };
    return this.build(node as YamlNode, depth + 1).tree;
  }

  #alias(node: Alias, at: number): Built {
    const known = this.#anchors.get(node.source);
    if (known === undefined) throw badValue(at, `*${node.source}`, "has no anchor before it");
    this.#count(known.size, at);
    return known;
  }

  #count(values: number, at: number): void {
    this.#size += values;
    if (this.#size > mostValues) throw badValue(at, "the document", `has more than ${mostValues} values, aliases written out`);
  }
}

function scalar(node: Scalar, at: number): ScalarTree {
  const { value } = node;
  const source = node.source ?? "";
  if (value === null || value === undefined) return { kind: "scalar", at, value: null, source };
  if (typeof value === "boolean") return { kind: "scalar", at, value, source };
  // A number that is none to JavaScript without loss stays as it was written: an id of 20 digits is still compared whole.
  if (typeof value === "number") {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    return { kind: "scalar", at, value: exact ? value : source, source };
  }
  return { kind: "scalar", at, value: String(value), source };
}

/** A plain value as text, as it was written. */
export function scalarText(tree: ScalarTree): string {
  return typeof tree.value === "string" ? tree.value : tree.source;
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, " ").slice(0, 200);
}
