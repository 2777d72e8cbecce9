import type { Format } from "../contract.ts";
import { DetectError } from "../errors.ts";
import { applicationEvent } from "./application.ts";
import { LONGEST_LINE } from "./json-line.ts";
import { pairsIn } from "./pairs.ts";
import { other, put, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";

/** What each part of Logger's console pattern looks like. */
const parts = {
  date: String.raw`(?<date>\d{4}-\d\d-\d\d)`,
  time: String.raw`(?<time>\d\d:\d\d:\d\d(?:\.\d{1,6})?)`,
  level: "(?<level>debug|info|notice|warning|warn|error|critical|alert|emergency)",
  levelpad: " ?",
  node: String.raw`(?<node>\S{1,255})`,
  metadata: "(?<metadata>(?:[A-Za-z_]\\w{0,60}=.{0,2000}? ?)?)",
  message: "(?<message>.{0,4000})",
} as const;

type Part = keyof typeof parts;

/** Logger's own default (`config :logger, :default_formatter`), without its line ends. */
export const DEFAULT_PATTERN = "$time $metadata[$level] $message";
/** What is recognised without being told: the default, with the date, and the level first. */
const COMMON = [
  DEFAULT_PATTERN,
  "$date $time $metadata[$level] $message",
  "$date $time [$level] $metadata$message",
  "$time [$level] $metadata$message",
  "$dateT$time [$level] $metadata$message",
];

const tooLong = unreadable("it is longer than 1 MB");
const noMatch = unreadable("it does not follow Logger's pattern");

/**
 * Elixir's Logger as text. `pattern` is the `format` of the Logger's configuration (`$date $time [$level] $metadata$message`); its
 * line ends are left out. Throws a DetectError where it names an unknown part or has no message.
 */
export function createElixirText({ names }: ReadingFacts, pattern?: string, place = "pattern"): Format {
  const expressions = (pattern === undefined ? COMMON : [pattern]).map((one) => expressionOf(one, place));
  return {
    id: "elixir-text",
    description: "Elixir's Logger as text, with metadata",
    claims: (line) => expressions.some((one) => one.test(line.slice(0, 8192))),
    read: (line, facts) => {
      if (line.length > LONGEST_LINE) return tooLong;
      for (const one of expressions) {
        const groups = one.exec(line.slice(0, 8192))?.groups;
        if (groups) return applicationEvent(fieldsOf(groups), facts, names);
      }
      return line.trim() === "" ? other : noMatch;
    },
  };
}

function expressionOf(pattern: string, place: string): RegExp {
  const bare = pattern.replace(/\\n|\n/g, "").trim();
  if (!bare.includes("$message")) throw new DetectError("MAPPING", { place, key: "pattern", problem: "has no $message" });
  const source = bare.replace(/\$([a-z]+)|[^$]+|\$/g, (text, name: string | undefined) => {
    if (name === undefined) return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/ +/g, " {0,2}");
    if (!Object.hasOwn(parts, name)) {
      throw new DetectError("MAPPING", {
        place,
        key: "pattern",
        problem: `has $${name}: expected ${Object.keys(parts)
          .map((one) => `$${one}`)
          .join(", ")}`,
      });
    }
    return parts[name as Part];
  });
  return new RegExp(`^${source}$`);
}

/** Metadata and the pairs that a message carries are facts alike; what stands before the pairs may be the event's name. */
function fieldsOf({ date, time, level, node, metadata, message = "" }: Readonly<Record<string, string | undefined>>): OpenFields {
  const said = pairsIn(message);
  const { fields } = said;
  const known = pairsIn(metadata ?? "", true).fields;
  for (const name of Object.keys(known)) put(fields, name, known[name]);
  fields["time"] = date === undefined ? time : `${date}T${time ?? "00:00:00"}`;
  fields["message"] = said.before.replace(/[:,;]$/, "");
  put(fields, "level", level);
  put(fields, "node", node);
  return fields;
}
