import type { SettingsReader, SetupFact, SetupReader } from "../facts.ts";
import { levelIn, levelOfWord } from "../levels.ts";
import { factAt, REDACTING, said } from "../reading.ts";

/** Console formatters of .NET: JSON quotes, systemd and a single line put a blank. https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter */
const microsoft: SetupReader = {
  loggers: ["microsoft-logging"],
  languages: ["csharp"],
  mayHold: /AddJsonConsole|AddSystemdConsole|SetMinimumLevel|SingleLine/,
  read: (view) => [
    ...view.calls.flatMap((one): SetupFact[] => {
      if (/^Add(?:Json|Systemd)Console$/.test(one.method)) return [factAt(one, { lineBreaks: "escaped" })];
      return one.method === "SetMinimumLevel" ? [factAt(one, said({ from: levelIn(one.call.args[0], view, one.fn) }))] : [];
    }),
    ...view.assigns.flatMap(({ names, assign, stage }): SetupFact[] =>
      names.at(-1) === "SingleLine" && assign.value.kind === "literal" && assign.value.value === true
        ? [{ span: assign, lineBreaks: "escaped", ...(stage && { stage }) }]
        : [],
    ),
  ],
};

/** Formatters of Serilog for sinks. https://github.com/serilog/serilog/wiki/Formatting-Output */
const SERILOG_JSON = /(?:Json|Ecs\w*)(?:Text)?Formatter$/;

const serilog: SetupReader = {
  loggers: ["serilog"],
  languages: ["csharp"],
  mayHold: /LoggerConfiguration|UseSerilog|AddSerilog|WriteTo|MinimumLevel/,
  read: (view) =>
    view.calls.flatMap((one): SetupFact[] => {
      if (one.call.creates === true && SERILOG_JSON.test(one.method)) return [factAt(one, { lineBreaks: "escaped" })];
      if (one.names.at(-2) === "MinimumLevel")
        return [factAt(one, said({ from: levelOfWord(one.method) ?? levelIn(one.call.args[0], view, one.fn) }))];
      const redacts = /^(?:Destructure|Enrich)$/.test(one.names.at(-2) ?? "") && REDACTING.test(one.method);
      return redacts ? [factAt(one, { redacts: "unknown" })] : [];
    }),
};

/** `"LogLevel": { "Default": "Warning" }`, the formatter of the console, and Serilog's section. */
const appsettings: readonly SettingsReader[] = [
  {
    loggers: ["microsoft-logging"],
    path: /(?:^|\/)appsettings(?:\.\w+)?\.json$/i,
    read: (text) => {
      const level = /"LogLevel"\s*:\s*\{[^}]*?"Default"\s*:\s*"(\w+)"/.exec(text)?.[1];
      const isJson = /"FormatterName"\s*:\s*"(?:json|systemd)"/i.test(text) || /"SingleLine"\s*:\s*true/i.test(text);
      return [said({ from: level === undefined ? undefined : levelOfWord(level), lineBreaks: isJson ? ("escaped" as const) : undefined })];
    },
  },
  {
    loggers: ["serilog"],
    path: /(?:^|\/)appsettings(?:\.\w+)?\.json$/i,
    read: (text) => {
      const section = text.slice(Math.max(0, text.indexOf('"Serilog"')));
      if (!section.startsWith('"Serilog"')) return [];
      const level = /"MinimumLevel"\s*:\s*(?:"(\w+)"|\{[^}]*?"Default"\s*:\s*"(\w+)")/.exec(section);
      const name = level?.[1] ?? level?.[2];
      const isJson = /"formatter"\s*:\s*"[^"]*(?:Json|Ecs)/i.test(section);
      return [said({ from: name === undefined ? undefined : levelOfWord(name), lineBreaks: isJson ? ("escaped" as const) : undefined })];
    },
  },
  {
    loggers: ["nlog"],
    path: /(?:^|\/)nlog\.config$/i,
    read: (text) => (/JsonLayout|replace-newlines|\$\{json-encode/i.test(text) ? [{ lineBreaks: "escaped" }] : []),
  },
];

export const dotnetSetups: readonly SetupReader[] = [microsoft, serilog];
export const dotnetSettings: readonly SettingsReader[] = appsettings;
