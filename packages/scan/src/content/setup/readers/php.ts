import { stringOf } from "../../../ir/literals.ts";
import { entryOf } from "../../../ir/literals.ts";
import type { SettingsReader, SetupFact, SetupReader } from "../facts.ts";
import { levelIn, levelOfWord } from "../levels.ts";
import { factAt, JSON_LIKE, said } from "../reading.ts";

/** Formatters of Monolog. Its line formatter puts a blank for each line break, unless its third argument asks to keep them. */
const monolog: SetupReader = {
  loggers: ["monolog", "laravel-log"],
  languages: ["php"],
  mayHold: /(?:Line|Json|Logstash|Gelf|GoogleCloudLogging)Formatter/,
  read: (view) =>
    view.calls.flatMap((one) => {
      if (one.call.creates !== true || !one.method.endsWith("Formatter")) return [];
      if (one.method !== "LineFormatter") return JSON_LIKE.test(one.method) ? [factAt(one, { lineBreaks: "escaped" })] : [];
      const keeps = one.call.args[2];
      return [factAt(one, { lineBreaks: keeps?.kind === "literal" && keeps.value === true ? "kept" : "escaped" })];
    }),
};

/** Channels of config/logging.php. https://laravel.com/docs/logging#available-channel-drivers */
const laravel: SetupReader = {
  loggers: ["laravel-log"],
  languages: ["php"],
  mayHold: /['"]channels['"]\s*=>/,
  read: (view) => {
    const settings = view.file.body.map((stmt) => (stmt.kind === "return" || stmt.kind === "expr" ? stmt.value : null));
    const channels = settings.map((value) => entryOf(value ?? undefined, "channels")).find((one) => one?.kind === "record");
    if (channels?.kind !== "record") return [];
    return channels.entries.flatMap(({ key, value, start, end }): SetupFact[] => {
      if (key === null || !/^(?:single|daily|stderr|stdout|errorlog|syslog)$/.test(key)) return [];
      const formatter = entryOf(value, "formatter");
      const isJson = formatter !== undefined && JSON_LIKE.test(view.file.text.slice(formatter.start, formatter.end));
      const from = levelIn(entryOf(value, "level"), view, null);
      const lineBreaks = isJson ? ("escaped" as const) : formatter === undefined ? ("kept" as const) : undefined;
      return [
        { span: { start, end }, ...said({ from, lineBreaks: stringOf(entryOf(value, "tap")) === undefined ? lineBreaks : undefined }) },
      ];
    });
  },
};

/** Handlers of Symfony's monolog.yaml: `level: error`. */
const symfony: SettingsReader = {
  loggers: ["monolog"],
  path: /(?:^|\/)monolog\.ya?ml$/,
  read: (text) => {
    const level = /when@prod:[\s\S]*?action_level:\s*["']?(\w+)/.exec(text)?.[1];
    return level === undefined ? [] : [said({ from: levelOfWord(level), stage: "production" as const })];
  },
};

export const phpSetups: readonly SetupReader[] = [monolog, laravel];
export const phpSettings: readonly SettingsReader[] = [symfony];
