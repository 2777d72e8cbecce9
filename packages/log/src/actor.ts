import type { Actor, Target } from "./record.ts";

/**
 * An actor out of whatever an application passed: a text, a number, an ID object of a database, or an object with such an id.
 * Its own fields only: applications pass their whole user, with the hash of the password in it, and change it later.
 * `undefined` where there is no id. Never throws.
 */
export function actorOf(value: unknown): Actor | undefined {
  const own = idOf(value);
  if (own !== undefined) return { id: own };
  const id = idOf(read(value, "id"));
  if (id === undefined) return undefined;
  const effective = read(value, "effective");
  const effectiveId = idOf(read(effective, "id"));
  return {
    id,
    type: textOf(read(value, "type")),
    name: textOf(read(value, "name")),
    email: textOf(read(value, "email")),
    effective:
      effectiveId === undefined
        ? undefined
        : { id: effectiveId, type: textOf(read(effective, "type")), name: textOf(read(effective, "name")) },
  };
}

/** The same for what was acted upon, which may have a type or a name alone. */
export function targetOf(value: unknown): Target | undefined {
  const own = idOf(value);
  if (own !== undefined) return { id: own };
  const target = { type: textOf(read(value, "type")), id: idOf(read(value, "id")), name: textOf(read(value, "name")) };
  return target.type === undefined && target.id === undefined && target.name === undefined ? undefined : target;
}

/** Numbers and the ID objects of databases are IDs too, whatever the types say. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return textOf(value);
  try {
    return Array.isArray(value) || value.toString === Object.prototype.toString ? undefined : textOf(String(value));
  } catch {
    return undefined;
  }
}

/** A field of whatever an application passed; a getter may throw. */
export function read(from: unknown, name: string): unknown {
  try {
    return (from as { readonly [name: string]: unknown } | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
