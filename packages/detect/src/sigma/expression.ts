import { quoted } from "./nearest.ts";
import { badValue, unsupported } from "./report.ts";

/** A boolean expression over names. `some`: `1 of sel_*` (any) or `all of them`. */
export type Expression =
  | { readonly op: "and" | "or"; readonly of: readonly Expression[] }
  | { readonly op: "not"; readonly of: Expression }
  | { readonly op: "name"; readonly name: string }
  | { readonly op: "some"; readonly quantifier: "any" | "all"; readonly pattern: string };

const mostTokens = 5_000;
const deepest = 100;

/** Reads `a and not (b or 1 of c*)`: `not` binds closest, then `and`, then `or`. Words of the language may be in capitals. */
export function readExpression(text: string, at: number, key: string): Expression {
  // `| count() by user > 5`, `count(host) per user > 5`, `write user from failure to list %users%; then if success -> alert`.
  if (/\||->|\b(?:count|min|max|sum|avg)\s*\(/.test(text))
    throw unsupported(at, `${key} with an aggregation of Sigma 1`, "write a correlation");
  const tokens = [...text.matchAll(/[()]|[^\s()]+/g)].map((found) => ({ word: found[0], column: found.index + 1 }));
  if (tokens.length > mostTokens) throw badValue(at, key, `has more than ${mostTokens} words`);
  const expression = new ExpressionReader(tokens, at, key).whole();
  return expression;
}

interface Token {
  readonly word: string;
  /** From 1, in the condition's text. */
  readonly column: number;
}

class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #at: number;
  readonly #key: string;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], at: number, key: string) {
    this.#tokens = tokens;
    this.#at = at;
    this.#key = key;
  }

  whole(): Expression {
    const expression = this.#either();
    if (this.#next < this.#tokens.length) this.#fail(`"and", "or" or the end`);
    return expression;
  }

  #either(): Expression {
    return this.#joined("or", () => this.#both());
  }

  #both(): Expression {
    return this.#joined("and", () => this.#negation());
  }

  #joined(op: "and" | "or", operand: () => Expression): Expression {
    const of = [operand()];
    while (this.#takes(op)) of.push(operand());
    return of.length === 1 ? of[0]! : { op, of };
  }

  #negation(): Expression {
    if (!this.#takes("not")) return this.#operand();
    return this.#deeper(() => ({ op: "not", of: this.#negation() }));
  }

  #operand(): Expression {
    if (this.#takes("(")) {
      const inner = this.#deeper(() => this.#either());
      if (!this.#takes(")")) this.#fail(`")"`);
      return inner;
    }
    const word = this.#tokens[this.#next]?.word;
    if (word === undefined || word === ")" || /^(?:and|or|of)$/i.test(word)) return this.#fail('the name of a search, "(" or "1 of"');
    this.#next++;
    if (this.#tokens[this.#next]?.word.toLowerCase() !== "of") return { op: "name", name: word };
    return this.#quantified(word);
  }

  #quantified(word: string): Expression {
    const quantifier = /^(?:1|any)$/i.test(word) ? "any" : /^all$/i.test(word) ? "all" : undefined;
    if (quantifier === undefined) throw badValue(this.#at, this.#key, `has ${quoted(`${word} of`)}; Sigma knows 1 of, any of and all of`);
    this.#next++;
    const pattern = this.#tokens[this.#next]?.word;
    if (pattern === undefined || !/^[\w*-]+$/.test(pattern)) return this.#fail('"them" or a pattern such as selection_*');
    this.#next++;
    return { op: "some", quantifier, pattern };
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#next]?.word.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #deeper(read: () => Expression): Expression {
    if (++this.#depth > deepest) throw badValue(this.#at, this.#key, `nests deeper than ${deepest} levels`);
    const expression = read();
    this.#depth--;
    return expression;
  }

  #fail(expected: string): never {
    const token = this.#tokens[this.#next];
    const where = token === undefined ? "at its end" : `at character ${token.column}, not ${quoted(token.word)}`;
    throw badValue(this.#at, this.#key, `must have ${expected} ${where}`);
  }
}
