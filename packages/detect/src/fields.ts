import type { Fields, FieldValue } from "./event.ts";

/** Reads one field of an event; undefined where it is not there. */
export type FieldReader = (fields: Fields) => FieldValue;

/** Names that every object answers to although nobody wrote them: read only where the line itself has them. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * A reader for a field by its dotted path. Nested objects are walked; a key that holds the dots itself (`"source.ip"`)
 * is found where the walk finds nothing. Made once per rule: this is the hottest code of the detector.
 */
export function fieldReader(path: string): FieldReader {
  const nested = nestedReader(path.split("."));
  if (!path.includes(".")) return nested;
  return (fields) => {
    const value = nested(fields);
    return value === undefined && Object.hasOwn(fields, path) ? fields[path] : value;
  };
}

function nestedReader(keys: readonly string[]): FieldReader {
  if (keys.some((key) => inherited.has(key))) return (fields) => keys.reduce<FieldValue>(ownValue, fields);
  const [first, second] = keys as readonly [string, string?];
  // One and two steps are nearly all fields there are; without the loop they cost a tenth.
  if (second === undefined) return (fields) => fields[first];
  if (keys.length === 2) {
    return (fields) => {
      const inner = fields[first];
      return isObject(inner) ? inner[second] : undefined;
    };
  }
  return (fields) => {
    let value: FieldValue = fields;
    for (const key of keys) {
      if (!isObject(value)) return undefined;
      value = value[key];
    }
    return value;
  };
}

function ownValue(value: FieldValue, key: string): FieldValue {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: FieldValue): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
