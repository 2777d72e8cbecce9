import type { SettingsReader, SetupFact } from "../facts.ts";
import { levelOfWord } from "../levels.ts";
import { said } from "../reading.ts";

/** Encoders and layouts that write JSON: Logback's and Logstash's, Log4j's, ECS. */
const JSON_LAYOUT =
  /LogstashEncoder|LoggingEventCompositeJsonEncoder|JsonEncoder|JsonLayout|JsonTemplateLayout|EcsEncoder|EcsLayout|StructuredLogEncoder|StackdriverLogging|GelfLayout|CONSOLE_LOG_STRUCTURED_FORMAT/;
/** Patterns that take line breaks out of the message. https://logging.apache.org/log4j/2.x/manual/pattern-layout.html */
const ENCODED = /%(?:replace|enc|encode|crlf)\b[^>\n]*(?:%m|%msg|%message)/;
const PATTERN = /%(?:m|msg|message)\b/;
/** Profiles for those who develop; what stands in them is not read. */
const DEVELOPMENT_PROFILE = /<springProfile\s+name="[^"]*(?:dev|local|test|!prod)[^"]*">[\s\S]*?<\/springProfile>/g;
const MASKING = /mask|redact|%replace\([^)]*\)\s*\{[^}]*(?:password|token|secret)/i;

function ofXml(whole: string): readonly SetupFact[] {
  const text = whole.replaceAll(/<!--[\s\S]*?-->/g, "").replaceAll(DEVELOPMENT_PROFILE, "");
  const level = /<[Rr]oot\s+level\s*=\s*"(?:\$\{[^}"]*:-)?(\w+)\}?"/.exec(text)?.[1];
  return [
    said({
      from: level === undefined ? undefined : levelOfWord(level),
      lineBreaks: ofText(text),
      redacts: MASKING.test(text) ? ("unknown" as const) : undefined,
    }),
  ];
}

function ofText(text: string): SetupFact["lineBreaks"] {
  const isJson = JSON_LAYOUT.test(text);
  if (ENCODED.test(text)) return "escaped";
  if (isJson) return PATTERN.test(text) ? "unknown" : "escaped";
  return PATTERN.test(text) ? "kept" : undefined;
}

/** Spring Boot's and Quarkus' settings, as properties or YAML. */
function ofSettings(text: string): readonly SetupFact[] {
  const flat = flattened(text);
  const level = flat.get("logging.level.root") ?? flat.get("quarkus.log.level");
  const isJson =
    flat.has("logging.structured.format.console") ||
    flat.get("quarkus.log.console.json") === "true" ||
    flat.get("quarkus.log.console.json.enabled") === "true";
  const pattern = flat.get("logging.pattern.console");
  const lineBreaks = isJson ? ("escaped" as const) : pattern === undefined ? undefined : ofText(pattern);
  return [said({ from: level === undefined ? undefined : levelOfWord(level.replace(/^\$\{[^:}]*:(\w+)\}$/, "$1")), lineBreaks })];
}

/** Keys with dots and their values; YAML only as far as plain nested keys go. */
function flattened(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const above: { indent: number; key: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, blanks = "", key, value = ""] = /^(\s*)([\w.\-[\]"']+)\s*[:=]\s*(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    while (above.length > 0 && above.at(-1)!.indent >= blanks.length) above.pop();
    const path = [...above.map((one) => one.key), key].join(".");
    if (value === "") above.push({ indent: blanks.length, key });
    else settings.set(path, value.replace(/^["']|["']$/g, "").trim());
  }
  return settings;
}

const LOGGERS = ["slf4j"];

export const jvmSettings: readonly SettingsReader[] = [
  { loggers: LOGGERS, path: /(?:^|\/)(?:logback|log4j2?)[\w-]*\.(?:xml|properties|ya?ml)$/i, read: ofXml },
  { loggers: LOGGERS, path: /(?:^|\/)application[\w-]*\.(?:properties|ya?ml)$/i, read: ofSettings },
];
