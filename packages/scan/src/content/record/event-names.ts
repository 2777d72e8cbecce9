import { resolveEvent, type EventName } from "@telltale/vocabulary";
import type { Record } from "../../outcomes/way.ts";
import { snake } from "./names.ts";
import { saidBy } from "./said.ts";

/** How the words of a name are joined. */
export type Style = "snake" | "dot" | "kebab" | "camel" | "upper" | "colon";

/** The name that a record gives its event. */
export interface Named {
  readonly name: string;
  readonly style: Style;
  readonly event: EventName | undefined;
  /** Equal for names of one event: the event of the vocabulary, or its own words, and whose and which way it is. */
  readonly means: string;
}

/** Words that make another event of one: by whom, of what, by which proof. */
const APART = new Set(
  "admin team org organization organisation project group tenant workspace self own bulk soft hard api web mobile sso oauth oidc saml ldap password magic social passkey github google token member service invite invited".split(
    " ",
  ),
);

/** Two words at least: a single one is any text. */
const NAME = /^[A-Za-z][A-Za-z0-9]*(?:[._:-][A-Za-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z0-9]+)+$|^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+$/;

/** The name of a record's event as its call writes it; undefined where it has none or it comes from elsewhere. */
export function nameOf(record: Record): Named | undefined {
  const { event } = saidBy(record);
  if (event === undefined || !NAME.test(event)) return undefined;
  const words = snake(event);
  const known = resolveEvent(event);
  const apart = words.split("_").filter((word) => APART.has(word));
  return { name: event, style: styleOf(event), event: known, means: [known ?? words, ...apart.toSorted()].join(" ") };
}

function styleOf(name: string): Style {
  if (/^[A-Z0-9_]+$/.test(name)) return "upper";
  if (name.includes(".")) return "dot";
  if (name.includes(":")) return "colon";
  if (name.includes("-")) return "kebab";
  return name.includes("_") ? "snake" : "camel";
}

/** A name in a style: `authn_login_fail` as `authn.login.fail`. */
export function inStyle(name: string, style: Style): string {
  const words = snake(name).split("_");
  switch (style) {
    case "snake":
      return words.join("_");
    case "dot":
      return words.join(".");
    case "colon":
      return words.join(":");
    case "kebab":
      return words.join("-");
    case "upper":
      return words.join("_").toUpperCase();
    case "camel":
      return words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
  }
}
