/** One kind of error that a person can meet. */
export interface ErrorFact {
  /** What the command exits with. */
  readonly exit: 2;
  /** What happened; `{name}` stands for a value. */
  readonly sentence: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Every error that Telltale reports by itself. A code is never reused and never changes its meaning:
 * 10xx configuration, 11xx arguments, 12xx git, 13xx baseline, 14xx output, 15xx detection, 90xx defects.
 */
export const errors = {
  TT1001: {
    exit: 2,
    sentence: 'cannot read the config file "{path}": {cause}',
    remedy: "Check the path given to --config; without it, telltale.yaml in the scanned folder is read if it exists.",
  },
  TT1002: {
    exit: 2,
    sentence: "the config is not valid YAML: {cause}",
    remedy: "Mend the YAML at the place named; indentation with tabs and unquoted globs that begin with * are the usual causes.",
  },
  TT1003: {
    exit: 2,
    sentence: 'unknown key "{key}"{hint}',
    remedy: "Use a key of the published schema (schemas/config.schema.json), or remove this one.",
  },
  TT1004: {
    exit: 2,
    sentence: "{key}: {cause}",
    remedy: "Give a value of the kind that the published schema (schemas/config.schema.json) describes.",
  },
  TT1101: {
    exit: 2,
    sentence: 'unknown format "{format}"{hint}',
    remedy: "Formats are text, json, sarif, github and agent; write FORMAT or FORMAT=FILE.",
  },
  TT1102: {
    exit: 2,
    sentence: "two formats would be written to {target}",
    remedy: "Send all but one of them to a file: --format text --format sarif=report.sarif.",
  },
  TT1103: {
    exit: 2,
    sentence: '"{value}" is not a place',
    remedy: "Write FILE:LINE with a line that counts from 1, such as --explain src/login.ts:12.",
  },
  TT1104: {
    exit: 2,
    sentence: 'unknown severity "{value}"{hint}',
    remedy: "Severities are low, medium, high and critical.",
  },
  TT1105: {
    exit: 2,
    sentence: "{cause}",
    remedy: "telltale --help lists the commands, telltale COMMAND --help the options of one.",
  },
  TT1106: {
    exit: 2,
    sentence: 'unknown rule "{rule}"{hint}',
    remedy: "telltale rules lists the rules.",
  },
  TT1107: {
    exit: 2,
    sentence: '"{path}" cannot be scanned: {cause}',
    remedy: "Give files or folders that exist and may be read.",
  },
  TT1108: {
    exit: 2,
    sentence: "no handler and no finding stands at {place}{hint}",
    remedy:
      "Name a line inside a handler, or one with a finding. If a handler stands there, its framework is not known or not enabled; --format json lists all handlers found.",
  },
  TT1109: {
    exit: 2,
    sentence: "{first} and {second} cannot be used together",
    remedy: "Leave one of them out.",
  },
  TT1201: {
    exit: 2,
    sentence: "--changed needs a git repository, and {path} is not in one ({cause})",
    remedy: "Run it inside a clone of the repository, or leave --changed out to scan everything.",
  },
  TT1202: {
    exit: 2,
    sentence: 'git does not know the revision "{ref}"',
    remedy: "Fetch it first (a shallow clone of a CI job lacks history: fetch-depth 0), or name another. A path goes before --changed.",
  },
  TT1203: {
    exit: 2,
    sentence: "--changed needs git, which could not be run: {cause}",
    remedy: "Install git and have it on the PATH, or leave --changed out to scan everything.",
  },
  TT1301: {
    exit: 2,
    sentence: 'cannot read the baseline "{path}": {cause}',
    remedy: "Write it first with --update-baseline, or check the path.",
  },
  TT1302: {
    exit: 2,
    sentence: "not a baseline of this version: {cause}",
    remedy: "Write it anew with --update-baseline.",
  },
  TT1303: {
    exit: 2,
    sentence: "--update-baseline needs to know which file to write",
    remedy: "Give --baseline FILE, or set baseline in telltale.yaml.",
  },
  TT1401: {
    exit: 2,
    sentence: "cannot write to {path}: {cause}",
    remedy: "Check that the folder exists, may be written to and has space left. What was written there may be incomplete.",
  },
  TT1501: {
    exit: 2,
    sentence: "{cause}",
    remedy:
      "telltale detect --help lists the options; docs/detection.md shows them at work, docs/detection-rules.md and docs/formats.md say what files may hold.",
  },
  TT9001: {
    exit: 2,
    sentence: "a defect in Telltale{place}: {cause}",
    remedy: "Please report this line, with the code that was analysed if you can share it. TELLTALE_DEBUG=1 shows the stack.",
  },
} as const satisfies Readonly<Record<string, ErrorFact>>;

export type ErrorCode = keyof typeof errors;

/** Where an error stands, in a file that a person wrote. Counts from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** An error that a person can do something about. `message` is the whole sentence, with the place in front. */
export class TelltaleError extends Error {
  readonly code: ErrorCode;
  readonly place: ErrorPlace | undefined;

  constructor(code: ErrorCode, values: Readonly<Record<string, string>> = {}, place?: ErrorPlace, cause?: unknown) {
    const sentence = fill(errors[code].sentence, values);
    super(place === undefined ? sentence : `${placeText(place)}: ${sentence}`, { cause });
    this.name = "TelltaleError";
    this.code = code;
    this.place = place;
  }

  get remedy(): string {
    return errors[this.code].remedy;
  }

  get exit(): number {
    return errors[this.code].exit;
  }
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

function placeText(place: ErrorPlace): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
}
