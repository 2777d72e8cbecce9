/** A syslog line as RFC 5424 section 6 takes it apart. */
export interface SyslogMessage {
  readonly facility: number;
  readonly severity: number;
  readonly timestamp: string;
  readonly hostname: string;
  readonly appName: string;
  readonly procId: string;
  readonly msgId: string;
  readonly elements: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly msg: string;
}

/** HEADER: PRI of one to three digits, none of which leads with 0; VERSION 1; PRINTUSASCII of the lengths that the ABNF names. */
const header =
  /^<(0|[1-9][0-9]{0,2})>1 (\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|-) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /;
/** SD-NAME: 1 to 32 of PRINTUSASCII without `=`, space, `]` and `"`. */
const sdName = "[!#-<>-\\\\^-~]{1,32}";
/** PARAM-VALUE: `"`, `\` and `]` only escaped. */
const param = new RegExp(` (${sdName})="((?:[^"\\\\\\]]|\\\\["\\\\\\]])*)"`, "y");
const elementStart = new RegExp(`\\[(${sdName})`, "y");
/** An SD-ID without `@` is one that IANA registered. */
const registered = new Set(["timeQuality", "origin", "meta"]);

/** Throws for anything that the grammar does not allow. */
export function parseSyslog(text: string): SyslogMessage {
  if (Buffer.from(text, "utf8").toString("utf8") !== text) throw new Error("not UTF-8");
  const found = header.exec(text);
  if (!found) throw new Error(`no header: ${text}`);
  const [all, pri, timestamp = "", hostname = "", appName = "", procId = "", msgId = ""] = found;
  if (Number(pri) > 191) throw new Error(`PRI ${pri}`);
  const { elements, end } = structuredData(text, all.length);
  const msg = text.slice(end + 1);
  if (end < text.length && text[end] !== " ") throw new Error("no space before MSG");
  // MSG without a byte order mark is MSG-ANY; only US-ASCII reads the same in every encoding.
  if (/[^\x20-\x7e]/.test(msg)) throw new Error("MSG is not printable US-ASCII");
  return { facility: Math.floor(Number(pri) / 8), severity: Number(pri) % 8, timestamp, hostname, appName, procId, msgId, elements, msg };
}

function structuredData(text: string, start: number): { elements: Map<string, ReadonlyMap<string, string>>; end: number } {
  const elements = new Map<string, ReadonlyMap<string, string>>();
  let at = start;
  if (text[at] === "-") return { elements, end: at + 1 };
  while (text[at] === "[") {
    const [opening, id = ""] = sticky(elementStart, text, at) ?? fail(`SD-ID at ${at}`);
    if (elements.has(id)) fail(`SD-ID ${id} twice`);
    if (id.includes("@") ? !/^[^@]+@[1-9]\d{0,9}$/.test(id) : !registered.has(id)) fail(`SD-ID ${id}`);
    at += opening.length;
    const values = new Map<string, string>();
    while (text[at] === " ") {
      const [written, name = "", value = ""] = sticky(param, text, at) ?? fail(`SD-PARAM at ${at}: ${text.slice(at, at + 60)}`);
      if (values.has(name)) fail(`${name} twice`);
      values.set(name, value.replace(/\\(["\\\]])/g, "$1"));
      at += written.length;
    }
    if (text[at] !== "]") fail(`no ] at ${at}: ${text.slice(at, at + 60)}`);
    at += 1;
    elements.set(id, values);
  }
  if (elements.size === 0) fail("no structured data");
  return { elements, end: at };
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function fail(problem: string): never {
  throw new Error(problem);
}
