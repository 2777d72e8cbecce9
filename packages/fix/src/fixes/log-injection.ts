import { isGap, QUOTED, type FileIR, type Hole, type LogLine } from "@telltale/scan/analysis";
import type { Edit, Fix, Refusal } from "../contract.ts";
import { holds } from "../places/text.ts";
import type { Case, Context, Fixer } from "./context.ts";

/** A caller's text in the text of a line: it becomes a field where the library takes fields, else it is quoted, so that line breaks show as such. */
export const logInjection: Fixer = {
  rules: ["log-injection"],
  fix: (context, cases) => cases.map((one) => tame(context, one)),
};

/** Languages in which any value is quoted where it stands, without an import and whatever its type. */
const QUOTED_IN_PLACE: ReadonlySet<string> = new Set(["javascript", "python", "ruby", "elixir"]);

/** A name, what is read of it, and at most one call that gives text of text. */
const PLAIN =
  /^@{0,2}[\w$]+(?:[?!]?\.[\w$]+|(?:\?\.)?\[[^[\]\n]+\])*(?:\??\.(?:trim|toString|toLowerCase|toUpperCase|slice|substring|strip|lower|upper)\([\w\s,]*\))?$/;

/** Names of objects: one that refers to itself cannot be written as JSON. */
const WHOLE = /(?:^|[._]|[a-z])(?:body|payload|data|options|params|query|input|args|object|headers|cookies)$/i;

function tame(context: Context, { finding, live }: Case): Fix | Refusal {
  const no = (reason: string): Refusal => ({ finding, kind: "unclear", reason });
  if (isGap(live)) return no("it is no log line");
  const { file, at, data } = live.issue;
  const quote = QUOTED_IN_PLACE.has(file.language) ? QUOTED[file.language] : undefined;
  if (quote === undefined) return { finding, kind: "unsupported", reason: `a line of ${file.language} is not changed yet` };
  const line = context.analysis.lines(file).find(({ call }) => call.start === at.start && call.end === at.end);
  if (line === undefined) return no("the line is not found again");
  const holes = data?.holes ?? [];
  if (holes.length === 0) return no("where the value is put into the text is not known");
  if (holes.some(({ at: spot, expr }) => spot.file !== file || !holds(at, expr))) return no("the text is put together before the line");
  const texts = holes.map(({ expr }) => file.text.slice(expr.start, expr.end));
  if (!texts.every((text) => PLAIN.test(text))) return no("the value is made in the middle of the line");
  if (texts.some((text) => WHOLE.test(text)))
    return no("the value may be an object, and which of its fields are needed is for a person to say");
  const structured = asFields(context, file, line, holes);
  const edits =
    structured ?? holes.flatMap(({ expr: { start, end } }, i) => [...unquoted(file, start, end), { start, end, text: quote(texts[i]!) }]);
  const title = `${structured === undefined ? "Quote" : "Give as a field:"} ${[...new Set(texts)].join(", ")}`;
  return { finding, title, safe: true, files: [{ file: file.path, edits }], left: [] };
}

/** `"${term}"` in a text: what is quoted needs no quotes around it. */
function unquoted({ text }: FileIR, start: number, end: number): readonly Edit[] {
  if (text.slice(start - 3, start) !== '"${' || text.slice(end, end + 2) !== '}"') return [];
  return [
    { start: start - 3, end: start - 2, text: "" },
    { start: end + 1, end: end + 2, text: "" },
  ];
}

/** `logger.info(`login ${name}`)` → `logger.info({ name }, "login")`, where nothing else is spliced into the text. */
function asFields({ styleOf }: Context, file: FileIR, { call, logger }: LogLine, holes: readonly Hole[]): readonly Edit[] | undefined {
  const [message, ...more] = call.args;
  if (logger.id !== "pino" || message?.kind !== "template" || more.length > 0 || file.text[message.start] !== "`") return undefined;
  const values = message.parts.filter((part) => typeof part !== "string");
  const names = values.map(({ start, end }) => /(?:^|\.)([A-Za-z_$][\w$]*)$/.exec(file.text.slice(start, end))?.[1]);
  if (values.length !== holes.length || names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  const said = sentence(message.parts.map((part) => (typeof part === "string" ? part : HOLE)).join(""));
  if (said === undefined) return undefined;
  const { quote, spaced } = styleOf(file);
  const fields = values.map(({ start, end }, i) => {
    const value = file.text.slice(start, end);
    return value === names[i] ? value : `${names[i]}: ${value}`;
  });
  const object = spaced ? `{ ${fields.join(", ")} }` : `{${fields.join(", ")}}`;
  return [{ start: message.start, end: message.end, text: `${object}, ${quote}${said}${quote}` }];
}

const HOLE = "\0";

/** A text without its values, where that still reads as one: no empty brackets, no `=`, no word that waits for another. */
function sentence(text: string): string | undefined {
  const said = text
    .replace(/(?:\s+(?:for|of|by|from|with|to|as))?\s*[:,]?\s*\0$/, "")
    .replace(/\s*\0/g, "")
    .trim();
  return /^\w[\w .-]*$/.test(said) && !/\0\S/.test(text.replace(/\0$/, "")) ? said : undefined;
}
