import { deedWords, throughUnit, writesFields } from "../actions/deeds.ts";
import type { Value } from "./values.ts";

/** Keys under which ORMs take the fields to write. */
const NESTED = new Set(["data", "$set", "set", "values", "update", "changes", "attrs", "params"]);

/** The words of a call that by its name and the fields it writes performs something sensitive. */
export function deedOf(written: string, args: readonly Value[]): readonly string[] | undefined {
  const path = throughUnit(written, thingOf(args[0]));
  if (isOwnOnly(path, args)) return ["own"];
  if (isNote(path, args)) return undefined;
  // Only what is called on something (a model, a table) writes fields; a plain function is given whatever it is given.
  const fields = path.replace(/^this\./, "").includes(".") && writesFields(path) ? args.flatMap((arg) => fieldsOf(arg, 1)) : [];
  return fields.length === 0 ? wordsOfPath(path, args.length) : deedWords(path, fields, args.length);
}

/** Keys of a session under which it says who is signed in: without them it is over. */
const SIGNED_IN =
  /^(?:current_?)?(?:user|account|member|admin|session|auth|live_socket)(?:_?(?:id|uid|token|key|hash|session))?$|^(?:access|session|auth)_?token$/i;

/** `delete_session(conn, :return_to)` forgets a note and ends no session. https://hexdocs.pm/plug/Plug.Conn.html#delete_session/2 */
function isNote(path: string, args: readonly Value[]): boolean {
  const key = args[1];
  return /(?:^|\.)delete_session$/.test(path) && args.length === 2 && key?.kind === "literal" && !SIGNED_IN.test(String(key.value));
}

/** What a value is called: its class, or the name that the code gives it. */
function thingOf(value: Value | undefined): string | undefined {
  if (value?.kind === "instance") return value.name.slice(value.name.lastIndexOf(".") + 1);
  return value?.kind === "unknown" ? value.path?.slice(value.path.lastIndexOf(".") + 1) : undefined;
}

const byPath = new Map<string, readonly string[] | null>();

/** Most calls write no fields: their name alone decides, and it is asked for on every way. */
function wordsOfPath(path: string, given: number): readonly string[] | undefined {
  const key = `${path}/${Math.min(given, 2)}`;
  const known = byPath.get(key);
  if (known !== undefined) return known ?? undefined;
  const words = deedWords(path, [], given);
  if (byPath.size < 100_000) byPath.set(key, words ?? null);
  return words;
}

function fieldsOf(value: Value, depth: number): string[] {
  if (value.kind !== "record") return [];
  return [...value.entries].flatMap(([key, item]) =>
    key === "where" || item.kind === "list" ? [] : depth > 0 && NESTED.has(key) ? [key, ...fieldsOf(item, depth - 1)] : [key],
  );
}

/** A key of a condition that binds rows to the caller. */
const OWNER_KEY = /^(?:user|owner|author|creator|account|member|customer|profile)_?(?:id|uid|uuid)?$|^created_?by(?:_?id)?$|^uid$/i;

/** Rows that are reached through whoever is logged in: `current_user.tokens.destroy_all`. */
const OWN_ROWS = /(?:^|\.)current_?user\.\w+\.(?:\w+\.)*\w+$/i;

/** `destroy({ where: { id, userId: me } })` deletes what is the caller's own. */
function isOwnOnly(path: string, args: readonly Value[]): boolean {
  if (!/(?:delete|destroy|remove|del)\w*$/i.test(path)) return false;
  if (OWN_ROWS.test(path)) return true;
  return args.some((arg) => {
    if (arg.kind !== "record") return false;
    const where = arg.entries.get("where");
    const condition = where?.kind === "record" ? where : arg;
    return condition.entries.size > 1 && [...condition.entries.keys()].some((key) => OWNER_KEY.test(key));
  });
}
