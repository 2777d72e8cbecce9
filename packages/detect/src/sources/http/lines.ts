import { isUtf8 } from "node:buffer";
import { Refusal } from "./body.ts";

/** Lines of a body that holds events, each one JSON object. Throws a Refusal that names the first bad line. */
export function linesOfEvents(body: Buffer, type: string): readonly string[] {
  if (!isUtf8(body)) throw new Refusal(400, "the body is not valid UTF-8");
  const text = body.toString("utf8").replace(/^\ufeff/, "");
  if (type === "application/json") return eventsOfJson(text);
  if (type === "" || lineTypes.has(type)) return jsonLines(text);
  throw new Refusal(
    415,
    `content-type ${type.slice(0, 60)} is not read here; send application/x-ndjson (one JSON object a line) or application/json`,
  );
}

const lineTypes: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonlines",
  "text/plain",
]);

/** Any text is a line, because a log may be no JSON; but what starts as an object must be one: else the sender is broken and should know. */
function jsonLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.trim() === "") continue;
    if (line.startsWith("{")) parse(line, `line ${index + 1}`);
    lines.push(line);
  }
  return lines;
}

function eventsOfJson(text: string): readonly string[] {
  const whole = parse(text, "the body");
  const events: readonly unknown[] = Array.isArray(whole) ? whole : [whole];
  return events.map((event, index) => {
    if (typeof event !== "object" || event === null || Array.isArray(event))
      throw new Refusal(400, `element ${index + 1} is no JSON object`);
    return JSON.stringify(event);
  });
}

export function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats the text, which may hold secrets.
    throw new Refusal(400, `${place} is not valid JSON`);
  }
}
