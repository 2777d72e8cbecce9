import { isIP } from "node:net";

/** A CEF line as a strict reader takes it apart. */
export interface CefEvent {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly id: string;
  readonly name: string;
  readonly severity: number;
  readonly extension: ReadonlyMap<string, string>;
}

/**
 * Type and longest value of the dictionary's keys that the formatter writes.
 * Source: Implementing ArcSight Common Event Format, version 25, "ArcSight Extension Dictionary" (CEF:0).
 */
const dictionary: ReadonlyMap<string, number | "ipv4" | "ipv6" | "integer" | "time"> = new Map(
  Object.entries({
    rt: "time",
    cat: 1023,
    outcome: 63,
    reason: 1023,
    suid: 1023,
    suser: 1023,
    spriv: 1023,
    duid: 1023,
    duser: 1023,
    src: "ipv4",
    c6a2: "ipv6",
    c6a2Label: 1023,
    shost: 1023,
    requestMethod: 1023,
    requestClientApplication: 1023,
    fname: 1023,
    dvchost: 100,
    dvcpid: "integer",
    deviceProcessName: 1023,
    externalId: 40,
    cn1: "integer",
    cn1Label: 1023,
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].flatMap((n) => [[`cs${n}`, 4000] as const, [`cs${n}Label`, 1023] as const])),
    msg: 1023,
  } as const),
);

/** `CEF:0`, six fields in which `|` and `\` are escaped and no line ends, severity 0 to 10, extension. */
const line =
  /^CEF:0\|((?:[^|\\\r\n]|\\[|\\])*)\|((?:[^|\\\r\n]|\\[|\\])*)\|((?:[^|\\\r\n]|\\[|\\])*)\|((?:[^|\\\r\n]|\\[|\\])*)\|((?:[^|\\\r\n]|\\[|\\])*)\|(10|[0-9])\|(.*)$/;

/** `key=value`: a key is alphanumeric; in a value `=` and `\` are escaped, and so are line ends. */
const pair = /([A-Za-z0-9]+)=((?:[^=\\\r\n]|\\[=\\nr])*?)(?= [A-Za-z0-9]+=|$)/y;

/** Throws for anything that the specification does not allow. */
export function parseCef(text: string): CefEvent {
  const found = line.exec(text);
  if (!found) throw new Error(`no CEF line: ${text}`);
  const [vendor, product, version, id, name] = found.slice(1, 6).map((field) => field.replace(/\\(.)/g, "$1")) as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const [field, longest] of [
    [vendor, 63],
    [product, 63],
    [version, 31],
    [id, 1023],
    [name, 512],
  ] as const) {
    if (field.length > longest) throw new Error(`header field longer than ${longest}: ${field}`);
  }
  const extension = parseExtension(found[7] ?? "");
  for (const [key, value] of extension) checkPair(key, value, extension);
  return { vendor, product, version, id, name, severity: Number(found[6]), extension };
}

function parseExtension(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  pair.lastIndex = 0;
  while (pair.lastIndex < text.length) {
    const at = pair.lastIndex;
    const found = pair.exec(text);
    if (!found) throw new Error(`no key=value at: ${text.slice(at, at + 60)}`);
    const [, key = "", value = ""] = found;
    if (pairs.has(key)) throw new Error(`${key} twice`);
    pairs.set(
      key,
      value.replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one === "r" ? "\r" : one)),
    );
    if (text[pair.lastIndex] === " ") pair.lastIndex += 1;
  }
  return pairs;
}

function checkPair(key: string, value: string, all: ReadonlyMap<string, string>): void {
  const type = dictionary.get(key);
  if (type === undefined && !/^TelltaleLog[A-Z][A-Za-z]+$/.test(key))
    throw new Error(`${key} is not in the dictionary and not named as ArcSight asks`);
  if (typeof type === "number" && value.length > type) throw new Error(`${key} is longer than ${type}`);
  if (type === "ipv4" && isIP(value) !== 4) throw new Error(`${key} is no IPv4 address: ${value}`);
  if (type === "ipv6" && isIP(value) !== 6) throw new Error(`${key} is no IPv6 address: ${value}`);
  if (type === "integer" && !/^-?\d{1,19}$/.test(value)) throw new Error(`${key} is no integer: ${value}`);
  if (type === "time" && !/^\d{1,15}$/.test(value)) throw new Error(`${key} is no time: ${value}`);
  if (/^(c[sn]|c6a)\d$/.test(key) && !all.has(`${key}Label`)) throw new Error(`${key} has no label`);
  if (key.endsWith("Label") && !all.has(key.slice(0, -5))) throw new Error(`${key} labels nothing`);
}
