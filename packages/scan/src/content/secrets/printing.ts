/**
 * What a language prints for a value that is no text, as data: whether a record (object, map, hash, dict) can be read where it
 * is spliced into text, and what an object of a class of the project shows of its fields.
 */
export interface Printing {
  /** A record that is spliced into text can be read there. */
  readonly recordInText: boolean;
  /** Objects show their fields where they are handed to a logger as they are. */
  readonly objectAsArgument: boolean;
  /** Objects show their fields where they are spliced into text. */
  readonly objectInText: boolean;
  /** Serialisers and inspectors write all fields of objects, where the class does not say otherwise. */
  readonly objectSerialised: boolean;
  /** Objects of a class whose declaration has one of these show their fields, whatever else is said. */
  readonly shownBy: RegExp | null;
  /** Objects of a class whose declaration has one of these hide their secrets. */
  readonly hiddenBy: RegExp | null;
}

const nothing: Printing = {
  recordInText: false,
  objectAsArgument: false,
  objectInText: false,
  objectSerialised: false,
  shownBy: null,
  hiddenBy: null,
};

/**
 * By language of the IR. Sources: the languages' references on string conversion: ECMA-262 ToString ("[object Object]"), Python data
 * model (`__repr__`; dataclasses and pydantic generate one), Ruby Object#inspect, Go fmt (%v prints fields), Java Record#toString and
 * Lombok @ToString, Kotlin data classes, C# records (PrintMembers), PHP array to string conversion ("Array"), Elixir String.Chars (not
 * for maps) and Inspect, Rust Debug.
 */
const PRINTING: Readonly<Record<string, Printing>> = {
  javascript: {
    ...nothing,
    objectSerialised: true,
    objectAsArgument: true,
    hiddenBy: /\btoJSON\b|inspect\.custom|@Exclude\b|\bselect:\s*false/,
  },
  python: {
    ...nothing,
    recordInText: true,
    shownBy:
      /@(?:\w+\.)*dataclass|\b(?:BaseModel|NamedTuple|SQLModel|TypedDict|BaseSettings|Schema)\b|@(?:attr\.s|attrs|define|attr\.define)/,
    hiddenBy: /__(?:repr|str)__|SecretStr|repr\s*=\s*False|exclude\s*=\s*True/,
  },
  ruby: { ...nothing, recordInText: true, shownBy: /\bStruct\.new|\bData\.define/, hiddenBy: /\bdef (?:inspect|to_s)\b|filter_attributes/ },
  go: {
    ...nothing,
    objectSerialised: true,
    recordInText: true,
    objectAsArgument: true,
    objectInText: true,
    hiddenBy: /\bString\(\) string|GoString\(\)|json:"-"/,
  },
  java: {
    ...nothing,
    objectSerialised: true,
    recordInText: true,
    shownBy: /@(?:Data|ToString|Value)\b|\brecord\s+\w/,
    hiddenBy: /ToString\.Exclude|\btoString\s*\(|@JsonIgnore\b/,
  },
  kotlin: { ...nothing, objectSerialised: true, recordInText: true, shownBy: /\bdata class\b/, hiddenBy: /\btoString\s*\(/ },
  csharp: {
    ...nothing,
    objectSerialised: true,
    shownBy: /\brecord\b/,
    hiddenBy: /\bToString\s*\(|PrintMembers|JsonIgnore|NotLogged|LogMasked/,
  },
  php: nothing,
  elixir: { ...nothing, hiddenBy: /redact:\s*true|derive\s*\(?\{?\s*Inspect|defimpl\s+Inspect/ },
  rust: { ...nothing, shownBy: /derive\([^)]*\bDebug\b/, hiddenBy: /impl\b[^{]*\bDebug\b|Secret|skip/ },
};

export const printingOf = (language: string): Printing => PRINTING[language] ?? nothing;
