import { events, resolveEvent, type EventName } from "@telltale/vocabulary";
import type { Record } from "../../outcomes/way.ts";
import { snake } from "./names.ts";
import { saidBy } from "./said.ts";

/** How the words of a name are joined. */
export type Style = "snake" | "dot" | "kebab" | "camel" | "pascal" | "upper" | "colon";

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
  "admin team org organization organisation project group tenant workspace self own bulk soft hard api web mobile sso oauth oidc saml ldap password magic social passkey github google token member service invite invited register registered registration signup".split(
    " ",
  ),
);

/** Events that are one thing to do. Others stand for several (a role granted, a role taken), and each has a name of its own. */
const SINGLE: ReadonlySet<EventName> = new Set<EventName>([
  "authn_login_success",
  "authn_login_fail",
  "authn_mfa_success",
  "authn_mfa_fail",
  "authn_password_change",
  "authn_password_change_fail",
  "authn_password_reset_fail",
  "authz_fail",
  "session_logout",
  "user_created",
  "user_deleted",
]);

/** Two words at least: a single one is any text. */
const NAME = /^[A-Za-z][A-Za-z0-9]*(?:[._:-][A-Za-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z0-9]+)+$|^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+$/;

/** The name of a record's event as its call writes it; undefined where it has none or it comes from elsewhere. */
export function nameOf(record: Record): Named | undefined {
  const { event, eventAt } = saidBy(record);
  if (event === undefined) return undefined;
  return readName((eventAt?.constant === undefined ? undefined : valueOf(event, record)) ?? event);
}

/** The text that a constant holds, of all that its record says the one that means the same: `auth.login.failed` of `LOGIN_FAILED`. */
function valueOf(constant: string, { texts }: Record): string | undefined {
  const words = stems(snake(constant)).split("_");
  return texts.find(
    (text) =>
      text !== constant &&
      NAME.test(text) &&
      stems(snake(text))
        .split("_")
        .some((word) => words.includes(word)),
  );
}

/** A text as the name of an event; undefined where it is none. */
export function readName(text: string): Named | undefined {
  if (!NAME.test(text)) return undefined;
  const known = resolveEvent(text);
  const words = snake(text);
  const apart = words.split("_").filter((word) => APART.has(word) && known?.split("_").includes(word) !== true);
  const means = known === undefined || !(SINGLE.has(known) || isOwnName(words, known)) ? stems(words) : known;
  return { name: text, style: styleOf(text), event: known, means: [means, ...apart.toSorted()].join(" ") };
}

/** The vocabulary's own words for an event, with or without the first one, which says what it is about. */
function isOwnName(words: string, event: EventName): boolean {
  return [words, `${events[event].category}_${words}`].some((own) => stems(own) === stems(event));
}

/** The same for `update_user` and `user_updated`. */
function stems(words: string): string {
  return words
    .split("_")
    .map((word) => word.replace(/(?:ed|e|s|d)$/, ""))
    .toSorted()
    .join("_");
}

/** Whether a name says no more and no less than an event: it can be written wherever the event happens. */
export function isNameOf({ event, means }: Named, wanted: EventName): boolean {
  return event === wanted && means === wanted;
}

/**
 * The name of an event as those write it who gave others these names: the name that most of them give the event, else the
 * vocabulary's in the style that most of them have; undefined where none of them is a name.
 */
export function spelledLike(event: EventName, names: readonly string[]): string | undefined {
  const named = names.flatMap((name) => readName(name) ?? []);
  const same = mostOf(named.filter((one) => isNameOf(one, event)).map(({ name }) => name));
  const style = mostOf(named.map((one) => one.style));
  return same ?? (style === undefined ? undefined : inStyle(event, style));
}

/** What there is most of; of equals the first. */
export function mostOf<T>(items: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function styleOf(name: string): Style {
  if (/^[A-Z0-9_]+$/.test(name)) return "upper";
  if (name.includes(".")) return "dot";
  if (name.includes(":")) return "colon";
  if (name.includes("-")) return "kebab";
  if (name.includes("_")) return "snake";
  return /^[A-Z]/.test(name) ? "pascal" : "camel";
}

/** A name in a style: `authn_login_fail` as `authn.login.fail`. */
export function inStyle(name: string, style: Style): string {
  const words = snake(name).split("_");
  const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
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
    case "pascal":
      return words.map(capital).join("");
    case "camel":
      return words.map((word, i) => (i === 0 ? word : capital(word))).join("");
  }
}
