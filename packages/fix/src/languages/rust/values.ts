import { paramNames, type FunctionIR, type Project } from "@telltale/scan/analysis";
import { lineEnd } from "../../places/text.ts";
import { isOwn, ownNames } from "../trees/values.ts";
import type { Spot, Values } from "../writer.ts";

type Details = Values["details"];

/** Details that the compiler takes there: of types that are known, and not given away before. */
export function values(given: Values): Details {
  const { spot, seat } = given;
  const own = ownNames(given).filter(({ name, value }) => isHere(value, spot.fn) && (name !== "actor" || !isLookedUp(value, spot)));
  const text = textBefore(spot, seat.offset);
  const acting = own.some(({ name }) => name === "actor") ? undefined : guardedUser(spot, seat.offset);
  return [...(acting === undefined ? [] : [{ name: "actor", value: acting }]), ...own].flatMap(({ name, value }) => {
    const known = value.startsWith('"') || value === acting ? value : typed(spot, name, value);
    return known === undefined || (!isCopied(spot, known) && isMoved(known, text)) ? [] : [{ name, value: known }];
  });
}

/** Whether a user was found by what the caller sent: then it is somebody whom the caller acts on. */
function isLookedUp(value: string, { fn, file }: Spot): boolean {
  const root = /^(\w+)\.\w+$/.exec(value)?.[1];
  if (root === undefined || fn === undefined || paramNames(fn).includes(root)) return false;
  return !new RegExp(`\\b${root}\\s*=\\s*\\w+\\.\\w+\\s*;`).test(file.text.slice(fn.start, fn.end));
}

/** Types of parameters that hold what a caller sent, and not who the caller is. */
const SENT = /\b(?:Json|Form|Query|Path|Data|Multipart|Bytes)\b|(?:Data|Form|Request|Params|Payload|Body|Query)$/;

/** Who acts, where a request guard holds the user: `headers.user.id`, or the name that it was given to. */
function guardedUser(spot: Spot, offset: number): string | undefined {
  const { fn, file, project } = spot;
  if (fn === undefined) return undefined;
  for (const param of paramNames(fn).filter((name) => !name.startsWith("_"))) {
    const type = typeOf(spot, param);
    const user = type === undefined || SENT.test(type) ? undefined : fieldType(project, type, ["user"]);
    const id = user === undefined ? undefined : ["id", "uuid"].find((name) => fieldType(project, user, [name]) !== undefined);
    if (id === undefined) continue;
    const held = new RegExp(`\\blet\\s+(?:mut\\s+)?(\\w+)\\s*=\\s*${param}\\.user\\s*;`).exec(file.text.slice(fn.start, offset))?.[1];
    const value = held === undefined ? `${param}.user.${id}` : `${held}.${id}`;
    return showing(project, fieldType(project, user, [id])!, value);
  }
  return undefined;
}

/** Whether what a value starts with is bound in the function: nothing else can be read there. */
function isHere(value: string, fn: FunctionIR | undefined): boolean {
  const root = /^&?([a-z_]\w*)\b(?!!?\()/.exec(value)?.[1];
  return root === undefined || root === "self" || (fn !== undefined && isOwn(root, fn));
}

/** What runs before the line, its own statement with it. */
function textBefore({ file, fn, at, kind }: Spot, offset: number): string {
  const end = kind === "success" ? Math.max(offset, at.end) : offset;
  return file.text.slice(fn?.body[0]?.start ?? 0, Math.max(offset, lineEnd(file.text, end)));
}

/** Types whose values are copied where they are given away. */
const COPIED = /^&?(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|Uuid|IpAddr|SocketAddr|Ipv4Addr|Ipv6Addr)$/;
/** Types of the platform that can be shown. */
const SHOWN = /^&?(?:'\w+\s+)?(?:mut\s+)?(?:str|String|Uuid|IpAddr|Ipv4Addr|Ipv6Addr|SocketAddr|[iu](?:8|16|32|64|128|size)|char|bool)$/;

const isCopied = (spot: Spot, value: string): boolean => /^\w+$/.test(value) && COPIED.test(typeOf(spot, value) ?? "");

/** A value that the compiler knows how to show; undefined where nobody can say. */
function typed(spot: Spot, name: string, value: string): string | undefined {
  const { project, fn } = spot;
  const request = /^(\w+)\.(?:headers\(\)|peer_addr\(\)|connection_info\(\)|remote\(\))/.exec(value)?.[1];
  if (request !== undefined) {
    const type = typeOf(spot, request);
    return type !== undefined && /\b(?:HttpRequest|Request|ServiceRequest)\b/.test(type) ? debugged(value) : undefined;
  }
  const shown = /^(\w+)\.to_string\(\)$/.exec(value)?.[1];
  if (shown !== undefined) return address(spot, shown);
  if (/^\w+$/.test(value)) {
    const type = typeOf(spot, value);
    return type === undefined ? (isId(value) ? value : undefined) : showing(project, type, value);
  }
  const [, root, path] = /^(\w+)((?:\.\w+)+)$/.exec(value) ?? [];
  if (root === undefined || path === undefined || fn === undefined) return undefined;
  return reading(spot, root, path) ?? (name === "actor" ? reading(spot, root, path.replace(/\.id$/, ".uuid")) : undefined);
}

const isId = (name: string): boolean => /^(?:id|uuid|\w+_id|email|username)$/.test(name);

/** A path that the function itself reads before, or whose fields its type declares. */
function reading(spot: Spot, root: string, path: string): string | undefined {
  const { project, file, fn } = spot;
  const text = file.text.slice(fn!.start, fn!.end);
  const value = `${root}${path}`;
  const declared = fieldType(project, typeOf(spot, root), path.slice(1).split("."));
  if (declared !== undefined) return showing(project, declared, value);
  return new RegExp(`(?<![\\w.])${value.replaceAll(".", "\\.")}\\b(?!\\s*\\()`).test(text) && isId(path.split(".").at(-1)!)
    ? value
    : undefined;
}

/** The type of a name as the function says it: of a parameter, or of a `let` with a type. */
function typeOf({ fn, file }: Pick<Spot, "fn" | "file">, name: string): string | undefined {
  for (let at = fn; at !== undefined; at = at.parent) {
    const text = file.text.slice(at.start, at.end);
    const plain = new RegExp(`[(,\\s]\\s*(?:mut\\s+)?${name}\\s*:\\s*([^,=;{]+?(?:<[^{;=]*?>)?)\\s*(?:[,)=;]|\\n)`).exec(text)?.[1];
    if (plain !== undefined) return plain.trim();
    const held = new RegExp(
      `\\b(?:Path|Json|Query|Form|Extension)\\(\\s*(?:mut\\s+)?${name}\\s*\\)\\s*:\\s*[\\w:]+<([^;{]+?)>\\s*[,)]`,
    ).exec(text)?.[1];
    if (held !== undefined) return held.trim();
  }
  return undefined;
}

/** The type of the field at the end of a path, where the project declares every type on the way. */
function fieldType(project: Project, type: string | undefined, path: readonly string[]): string | undefined {
  let at = type;
  for (const name of path) {
    const body = at === undefined ? undefined : structOf(project, bare(at));
    at = body === undefined ? undefined : new RegExp(`(?:^|[\\s,{])${name}\\s*:\\s*([^,\\n}]+)`).exec(body)?.[1]?.trim();
  }
  return at;
}

const bare = (type: string): string =>
  type
    .replace(/^&\s*(?:'\w+\s+)?(?:mut\s+)?/, "")
    .replace(/^(?:\w+::)+/, "")
    .replace(/<.*$/, "");

const structs = new WeakMap<Project, Map<string, string | undefined>>();

function structOf(project: Project, name: string): string | undefined {
  const mine = structs.get(project) ?? new Map<string, string | undefined>();
  structs.set(project, mine);
  if (!mine.has(name)) {
    const pattern = new RegExp(`\\bstruct\\s+${name}\\b[^;{(]*\\{([^}]*)\\}`);
    mine.set(name, /^\w+$/.test(name) ? firstOf(project, pattern) : undefined);
  }
  return mine.get(name);
}

function firstOf(project: Project, pattern: RegExp): string | undefined {
  for (const [path, text] of project.texts) {
    const found = path.endsWith(".rs") ? pattern.exec(text)?.[1] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value of a type as it can be written: shown, debugged, or not at all. */
function showing(project: Project, type: string, value: string): string | undefined {
  if (SHOWN.test(type)) return value;
  const inner = /^(?:\w+::)*Option<(.+)>$/.exec(type)?.[1];
  if (inner !== undefined) return SHOWN.test(inner) ? `?${value}` : undefined;
  const name = bare(type);
  if (!/^\w+$/.test(name)) return undefined;
  // What holds a whole record may hold its secrets as well.
  const isName = /(?:Id|Uuid|Name|Email|Slug|Ip|Addr)$/i.test(name);
  if (!isName) return undefined;
  const derives = derivesOf(project, name);
  if (/\bDisplay\b/.test(derives)) return value;
  return /\bDebug\b/.test(derives) ? `?${value}` : undefined;
}

const derived = new WeakMap<Project, Map<string, string>>();

/** What a type of the project derives or implements, as text. */
function derivesOf(project: Project, name: string): string {
  const mine = derived.get(project) ?? new Map<string, string>();
  derived.set(project, mine);
  let text = mine.get(name);
  if (text === undefined) {
    const derives =
      firstOf(project, new RegExp(`((?:#\\[[^\\]]*\\]\\s*)+)(?:pub(?:\\([^)]*\\))?\\s+)?(?:struct|enum)\\s+${name}\\b`)) ?? "";
    const display = firstOf(project, new RegExp(`\\bimpl\\b[^{;]*\\b(Display)\\s+for\\s+${name}\\b`)) ?? "";
    mine.set(name, (text = `${derives} ${display}`));
  }
  return text;
}

/** Where a request guard holds an address: itself, or the field that is one. */
function address(spot: Spot, root: string): string | undefined {
  const { project } = spot;
  const type = typeOf(spot, root);
  if (type === undefined) return undefined;
  if (/^&?(?:\w+::)*(?:IpAddr|SocketAddr|Ipv4Addr|Ipv6Addr|String|&?str)$/.test(type)) return root;
  const body = structOf(project, bare(type));
  const field = body === undefined ? undefined : /(?:^|[\s,{])(\w+)\s*:\s*(?:\w+::)*(?:IpAddr|SocketAddr)\b/.exec(body)?.[1];
  return field === undefined ? undefined : `${root}.${field}`;
}

/** Values that may be missing cannot be shown, only debugged. */
const debugged = (value: string): string => (/peer_addr\(\)|\.get\(|get_one\(|peer_ip/.test(value) ? `?${value}` : value);

/** Whether a name, or what holds it, was given away before: then nothing can be read of it. */
function isMoved(value: string, before: string): boolean {
  if (value.startsWith('"')) return false;
  const parts = value.replace(/^[?&]/, "").split(".");
  if (!parts.every((part) => /^\w+$/.test(part))) return false;
  return parts.some((_, i) => {
    const prefix = parts.slice(0, i + 1).join("\\.");
    return new RegExp(`(?<![\\w.&]|&mut )${prefix}(?![\\w.?]|\\s*(?:[=!<>:]|\\())(?=\\s*[,;)}])`).test(
      before.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'),
    );
  });
}
