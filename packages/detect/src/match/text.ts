/**
 * Comparing text without case: two texts are equal when their lower-case forms are. `lower` is always a needle that has
 * been lower-cased; what comes from events is not, and is only copied to lower case where nothing cheaper decides.
 */

export type TextTest = (text: string) => boolean;

/** `İ` becomes two characters in lower case: the only one whose length changes. */
const dottedI = "i\u0307";

/** Whether texts of another length than `lower` can equal it. */
function mayDifferInLength(lower: string): boolean {
  return lower.includes(dottedI);
}

/** Whether `text` in lower case is `lower`, by comparing code units; nothing is allocated for ASCII. */
function equalsWithoutCase(text: string, lower: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127) return text.toLowerCase() === lower;
    const wanted = lower.charCodeAt(index);
    if (unit !== wanted && !(unit >= 65 && unit <= 90 && unit + 32 === wanted)) return false;
  }
  return true;
}

/** Equal to one value. */
function equalTo(value: string, cased: boolean): TextTest {
  if (cased) return (text) => text === value;
  const lower = value.toLowerCase();
  if (mayDifferInLength(lower)) return (text) => text.toLowerCase() === lower;
  const { length } = lower;
  // What services write is nearly always what rules write: the first comparison decides most events that match,
  // the second most of those that do not.
  return (text) => text === value || (text.length === length && equalsWithoutCase(text, lower));
}

/** Equal to one of many values. */
export function equalToOne(values: readonly string[], cased: boolean): TextTest {
  if (values.length === 1) return equalTo(values[0]!, cased);
  const exact = new Set(values);
  if (cased) return (text) => exact.has(text);
  const lower = new Set(values.map((value) => value.toLowerCase()));
  if ([...lower].some(mayDifferInLength)) return (text) => exact.has(text) || lower.has(text.toLowerCase());
  const lengths = new Set([...lower].map(({ length }) => length));
  return (text) => lengths.has(text.length) && (exact.has(text) || lower.has(text.toLowerCase()));
}

type Part = "contains" | "startswith" | "endswith";

const cased: { readonly [part in Part]: (value: string) => TextTest } = {
  contains: (value) => (text) => text.includes(value),
  startswith: (value) => (text) => text.startsWith(value),
  endswith: (value) => (text) => text.endsWith(value),
};

/** One of the values stands in the text, at its start or at its end. The text is brought to lower case once for all of them. */
export function holdsOne(part: Part, values: readonly string[], withCase: boolean): TextTest {
  if (withCase) return anyTest(values.map(cased[part]));
  const lower = [...new Set(values.map((value) => value.toLowerCase()))];
  const tests = lower.map(cased[part]);
  const test = anyTest(tests);
  const inLowerCase = (text: string) => test(text.toLowerCase());
  if (part === "contains" || lower.some(mayDifferInLength)) return inLowerCase;
  const shortest = Math.min(...lower.map(({ length }) => length));
  // Lower case can only make a text longer where it holds `İ`, which is no ASCII: those few take the long way.
  return (text) => (text.length >= shortest || text.includes("İ")) && inLowerCase(text);
}

function anyTest(tests: readonly TextTest[]): TextTest {
  const [first, second] = tests;
  if (first !== undefined && tests.length === 1) return first;
  if (first !== undefined && second !== undefined && tests.length === 2) return (text) => first(text) || second(text);
  return (text) => {
    for (const test of tests) if (test(text)) return true;
    return false;
  };
}
