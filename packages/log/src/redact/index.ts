import { createNames } from "@telltale/vocabulary";
import type { Redactor } from "../contract.ts";
import type { Json } from "../record.ts";
import { createMembers } from "./members.ts";
import type { RedactOptions, RedactPattern } from "./options.ts";
import { checkedBounds } from "./options.ts";
import { createPseudonyms } from "./pseudonyms.ts";
import { createRecordRedaction } from "./security-record.ts";
import { createScan } from "./text/scan.ts";
import type { TextDetector } from "./text/scan.ts";
import { redactedAs, redactionFailed } from "./text/spans.ts";
import { withoutEchoes } from "./echoes.ts";
import { createWalk } from "./walk.ts";

export type { RedactOptions, RedactPattern } from "./options.ts";
export type { PseudonymizedField, PseudonymizeOptions } from "./pseudonyms.ts";
export { createSessionHasher } from "./session.ts";

/** Characters that may be read for one record, in multiples of `maxLength`: encodings inside one another are read again at each level. */
const readings = 24;

/**
 * Takes secrets out of whatever is passed, by the names of fields and by the looks of values, and gives plain JSON. The lists are in
 * `@telltale/vocabulary` (never-log). Its functions never throw: where one fails, `[redaction failed]` stands for the value.
 *
 * @param at path of the options in the application's setup, for messages. Default: `redact`.
 * @throws SetupError naming the field, for bad options
 */
export function createRedactor(options: RedactOptions = {}, at = "redact"): Redactor {
  const bounds = checkedBounds(options, at);
  const names = createNames(options.names, options.allow);
  const pseudonyms = options.pseudonymize && createPseudonyms(options.pseudonymize);
  const detectors: TextDetector[] = (options.patterns ?? []).map(patternDetector);
  if (pseudonyms?.inText) detectors.push(pseudonyms);

  let left = 0;
  const spend = (characters: number): void => {
    left -= characters;
    if (left < 0) throw new RangeError("too much text to read");
  };
  const refill = (): void => {
    left = bounds.maxLength * readings;
  };

  const json = (text: string, encodings: number): string | undefined => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return undefined;
    }
    if (typeof parsed === "number" || typeof parsed === "boolean" || parsed === null) return undefined;
    const walk = walker.begin(encodings);
    const safe = walker.value(parsed, "", walk);
    return walk.changes > 0 ? JSON.stringify(safe) : text;
  };
  const scan = createScan({ names, detectors, json, spend });
  const member = createMembers(names, (key) => (key.length < 7 ? key : scan(key, 0, longestKey)));
  const walker = createWalk({ names, member, scan, bounds });

  const value = (given: unknown, name?: string): Json => {
    refill();
    const walk = walker.begin();
    const held = name === undefined || name === "" ? walker.value(given, "", walk) : walker.named(given, name, walk);
    return withoutEchoes(held, walk.found);
  };

  return {
    record: createRecordRedaction({ walker, scan, refill, pseudonyms }),
    value: (given, name) => {
      try {
        return value(given, name);
      } catch {
        return redactionFailed;
      }
    },
    text: (given) => {
      try {
        refill();
        return scan(typeof given === "string" ? given : String(given), 0, bounds.maxLength);
      } catch {
        return redactionFailed;
      }
    },
  };
}

const longestKey = 256;

/** A pattern of the application, as a copy with a state of its own. */
function patternDetector({ name, pattern }: RedactPattern): TextDetector {
  const copy = new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, "")}g`);
  return {
    spans: (text, spans) => {
      copy.lastIndex = 0;
      for (let match = copy.exec(text); match; match = copy.exec(text)) {
        if (match[0] === "") copy.lastIndex++;
        else spans.push({ start: match.index, end: copy.lastIndex, text: redactedAs(name) });
      }
    },
  };
}
