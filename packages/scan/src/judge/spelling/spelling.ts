import type { Expr, FileIR } from "../../ir/nodes.ts";
import type { Logger, Proposal } from "../../loggers/logger.ts";
import type { Judged } from "../handler.ts";
import { eventWords, type EventWord } from "./event-words.ts";
import { fieldNames, fieldsOfRecord, type Field } from "./field-names.ts";
import { packageKey, recordsByPackage, type NamedRecord, type Told } from "./named-records.ts";

/** How the records of a package are spelled: what a new line in one of its files calls things. */
export interface Spelling {
  /** What the line calls the event. */
  readonly event: (told: Told) => EventWord;
  /** Details under the names of the project; what would be hidden under its name is left out. */
  readonly details: (details: Proposal["details"], told: Ended) => Proposal["details"];
  /** A line, in the words of the project; a library that has words of its own keeps them. */
  readonly spell: (line: Proposal & Pick<Told, "event">, logger: Logger, told: Ended) => Proposal;
}

type Ended = Pick<Told, "action" | "kind">;

/** The spelling of the lines of a file. */
export type SpellingOf = (file: FileIR) => Spelling;

export interface SpellingFacts {
  readonly judged: readonly Judged[];
  /** The folder of the package that a file belongs to. */
  readonly packageOf: (path: string) => string;
  /** The files that are parsed. */
  readonly files: () => readonly FileIR[];
  /** The objects with the details of a file's log lines. */
  readonly fieldsOf: (file: FileIR) => readonly Expr[];
  /** Whether a file's logger is told to hide what stands under a name. */
  readonly isHidden: (file: FileIR, name: string) => boolean;
}

/** The spelling of the files of a project; its records are read when the first line is asked for. */
export function createSpelling(facts: SpellingFacts): SpellingOf {
  let records: ReturnType<typeof recordsByPackage> | undefined;
  const known = new Map<string, Spelling>();
  return (file) => {
    const folder = facts.packageOf(file.path);
    const key = packageKey(folder, file.language);
    let spelling = known.get(key);
    if (spelling === undefined) {
      records ??= recordsByPackage(facts.judged, facts.packageOf);
      known.set(key, (spelling = read(records.get(key) ?? [], file, folder, facts)));
    }
    return spelling;
  };
}

/** Files whose lines are read for the names of fields: more say the same. */
const MOST_FILES = 300;

function read(records: readonly NamedRecord[], file: FileIR, folder: string, facts: SpellingFacts): Spelling {
  const event = eventWords(records);
  const lines = records.filter(({ record }) => record.by === "log");
  const rows = records.filter(({ record }) => record.by !== "log");
  const files = (): readonly FileIR[] =>
    facts.files().filter((one) => one.language === file.language && facts.packageOf(one.path) === folder);
  const others = (): readonly Field[] =>
    files()
      .slice(0, MOST_FILES)
      .flatMap((one) => facts.fieldsOf(one).flatMap((fields) => entriesOf(fields, one)));
  const hidden = new Map<string, boolean>();
  const writers = [...new Set([file, ...lines.map(({ record }) => record.file)])];
  const isHidden = (name: string): boolean => {
    let is = hidden.get(name);
    if (is === undefined) hidden.set(name, (is = writers.some((one) => facts.isHidden(one, name))));
    return is;
  };
  const names = fieldNames(lines.flatMap(fieldsOfRecord), rows.flatMap(fieldsOfRecord), others, isHidden);
  const details: Spelling["details"] = (all, told) => {
    const taken = new Set<string>();
    return all.flatMap((one) => {
      const spelled = names.spell(one, told);
      if (spelled === undefined) return [];
      const own = taken.has(spelled.name) ? one : spelled;
      taken.add(own.name);
      return [own];
    });
  };
  return {
    event,
    details,
    spell: (line, logger, told) => {
      if (logger.ownNames === true) return line;
      const { name, constant, key, message } = event({ ...told, event: line.event });
      return {
        ...line,
        event: name,
        ...(constant === undefined ? {} : { eventCode: constant.text }),
        ...(key === undefined ? {} : { eventKey: key }),
        ...(message === undefined ? {} : { message }),
        details: details(line.details, told),
      };
    },
  };
}

function entriesOf(fields: Expr, file: FileIR): readonly Field[] {
  if (fields.kind !== "record") return [];
  return fields.entries.flatMap(({ key, value }) => (typeof key === "string" ? [{ name: key, value, file }] : []));
}
