/** What stands before the message of a syslog line, and the message. */
export interface SyslogLine {
  /** As written; undefined where the line has none. */
  readonly time?: string;
  readonly host?: string;
  /** APP-NAME or tag. */
  readonly program?: string;
  readonly pid?: string;
  /** Name and parameters of each element of structured data. */
  readonly data: readonly SyslogElement[];
  readonly message: string;
}

export interface SyslogElement {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const priority = /^<\d{1,3}>/;
/** After the priority: version and five fields, each `-` where there is nothing. RFC 5424, 6. */
const head5424 = /^[1-9]\d? (\S{1,64}) (\S{1,255}) (\S{1,255}) (\S{1,128}) (\S{1,255}) /;
/** RFC 3164 and the files of rsyslog and journald: `Nov 22 10:00:00 host tag[pid]: ` or with an ISO time. The host may be missing. */
const time3164 =
  /^((?:[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)) /;
const tag = /^(?:([\w.:%-]{1,255}) )?\[?([A-Za-z_][\w./-]{0,63}?)(?:\[(\d{1,10})\])?(?:\]?:|\]) ?/;
/** What journald prints where it was told to leave the time out: host and tag with a process. */
const bareTag = /^(?:([\w.:%-]{1,255}) )?([A-Za-z_][\w./-]{0,63})\[(\d{1,10})\]: /;

/**
 * Takes a line apart; undefined where it has no head of syslog. Time and space are linear in the line.
 *
 * @param whole False where only the head is asked for: structured data and message are then left out.
 */
export function syslogLine(line: string, whole = true): SyslogLine | undefined {
  const prioritised = priority.exec(line)?.[0];
  const rest = prioritised === undefined ? line : line.slice(prioritised.length);
  const modern = prioritised === undefined ? undefined : head5424.exec(rest);
  if (modern) return modernLine(modern, rest, whole);
  const time = time3164.exec(rest);
  if (time) return taggedLine(time[1], rest.slice(time[0].length), tag);
  const bare = taggedLine(undefined, rest, bareTag);
  if (bare?.program !== undefined) return bare;
  return prioritised === undefined ? undefined : { data: [], message: rest };
}

function modernLine(found: RegExpExecArray, rest: string, whole: boolean): SyslogLine {
  const [head, time, host, program, pid] = found;
  if (!whole) return { program: given(program), data: [], message: "" };
  const { data, end } = structuredData(rest, head.length);
  const message = rest
    .slice(end)
    .replace(/^ /, "")
    .replace(/^\uFEFF/, "");
  return { time: given(time), host: given(host), program: given(program), pid: given(pid), data, message };
}

function given(field: string | undefined): string | undefined {
  return field === "-" ? undefined : field;
}

function taggedLine(time: string | undefined, rest: string, pattern: RegExp): SyslogLine | undefined {
  const found = pattern.exec(rest);
  if (found) return { time, host: found[1], program: found[2], pid: found[3], data: [], message: rest.slice(found[0].length) };
  return time === undefined ? undefined : { time, data: [], message: rest };
}

/** Elements such as `[origin software="shop"]`, one after the other, or `-`. A broken one ends them. */
function structuredData(text: string, from: number): { readonly data: readonly SyslogElement[]; readonly end: number } {
  const data: SyslogElement[] = [];
  if (text[from] === "-") return { data, end: from + 1 };
  let at = from;
  while (text[at] === "[") {
    const element = elementAt(text, at);
    if (element === undefined) break;
    data.push(element.element);
    at = element.end;
  }
  return { data, end: at };
}

const elementName = /\[([^\s=\]"]{1,64})/y;
const parameter = / ([^\s=\]"]{1,64})="((?:[^"\\]|\\[^])*)"/y;

function elementAt(text: string, from: number): { readonly element: SyslogElement; readonly end: number } | undefined {
  elementName.lastIndex = from;
  const name = elementName.exec(text)?.[1];
  if (name === undefined) return undefined;
  const parameters = new Map<string, string>();
  let at = elementName.lastIndex;
  for (;;) {
    parameter.lastIndex = at;
    const found = parameter.exec(text);
    if (!found) break;
    const value = found[2] as string;
    parameters.set(found[1] as string, value.includes("\\") ? value.replace(/\\(["\\\]])/g, "$1") : value);
    at = parameter.lastIndex;
  }
  return text[at] === "]" ? { element: { name, parameters }, end: at + 1 } : undefined;
}
