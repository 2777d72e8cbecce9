import { createBring } from "../trees/bring.ts";
import { createSeat } from "../trees/seat.ts";
import { faultsOf } from "../trees/tree.ts";
import { ownNames } from "../trees/values.ts";
import { requoted, wrapped } from "../trees/wrap.ts";
import type { LanguageWriter, Values } from "../writer.ts";
import { hold } from "./hold.ts";
import { spec } from "./spec.ts";

/** Python. */
export const python: LanguageWriter = {
  ids: ["python"],
  seat: createSeat(spec),
  hold,
  bring: createBring({
    write: ({ source, imported, local }) => `from ${source} import ${imported}${imported === local ? "" : ` as ${local}`}`,
    line: /^(?:from|import)\s+[\w.].*/gm,
    beside: false,
  }),
  line: (text, style, room) => wrapped(requoted(text, style.quote), room, { unit: style.unit, trailing: true, hugs: false }),
  values: (values) => ownNames(values).map(({ name, value }) => ({ name, value: guarded(value) })),
  faults: faultsOf("python"),
};

/** Attributes that what stands for nobody, or for a request of a test, does not have. */
function guarded(value: string): Values["details"][number]["value"] {
  const user = /^(?:current_user|(?:g|request|self\.request)\.user)\.(\w+)$/.exec(value);
  if (user !== null) return `getattr(${value.slice(0, value.lastIndexOf("."))}, "${user[1]}", None)`;
  const client = /^(\w+(?:\.\w+)*\.client)\.host$/.exec(value);
  return client === null ? value : `${value} if ${client[1]} else None`;
}
