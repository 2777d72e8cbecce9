import type { FieldValue } from "../event.ts";
import type { ValueTest } from "../rule-ir.ts";
import { anyElement, textOf } from "./value.ts";

type Reference = Extract<ValueTest, { kind: "field" }>;

const compares: { readonly [part in Reference["part"]]: (text: string, other: string) => boolean } = {
  equals: (text, other) => text === other,
  contains: (text, other) => text.includes(other),
  startswith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
};

/** Compares the values of two fields of one event; where one of them is missing or null, nothing is equal. */
export function referenceTest({ part, cased }: Reference): (value: FieldValue, other: FieldValue) => boolean {
  const compare = compares[part];
  const fold = cased ? (text: string) => text : (text: string) => text.toLowerCase();
  return (value, other) =>
    anyElement(value, (each) => {
      const text = textOf(each);
      if (text === undefined) return false;
      const folded = fold(text);
      return anyElement(other, (otherEach) => {
        const otherText = textOf(otherEach);
        return otherText !== undefined && compare(folded, fold(otherText));
      });
    });
}
