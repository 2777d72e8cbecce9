import type { ActionName } from "@telltale/vocabulary";
import type { HandlerFound } from "../frameworks/framework.ts";
import { matchWords } from "./match.ts";
import { phraseOf } from "./phrases.ts";
import { LINK_CODE } from "./table.ts";

/** A part of the thing itself, whose change is a change of the thing. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    "profile account detail info information setting email username name status state data password role permission attribute " +
    "field property active avatar identity mfa 2fa totp otp token key secret session credential member invitation group team"
  ).split(" "),
);

/** What is done to the thing itself: `POST /users/:id/edit`. */
const DONE_TO: ReadonlySet<string> = new Set(["edit", "update", "change", "save", "delete", "remove", "destroy"]);

/**
 * Which actions a route may speak of, given what its method implies (`delete`). What stands behind a parameter is what the
 * method acts on: `DELETE /users/:id/messages/:id` deletes no user.
 */
export function ownActions(path: string, segments: readonly string[], implied: readonly string[]): (action: ActionName) => boolean {
  const last = segments.slice(-1).flatMap((segment) => phraseOf(segment));
  if (implied.length === 0 || !isNested(path) || last.some((word) => ATTRIBUTES.has(word) || DONE_TO.has(word))) return () => true;
  const outer = actionsOf(...segments.slice(0, -1).map((segment) => [...implied, ...phraseOf(segment)]));
  const own = actionsOf(last, [...implied, ...last]);
  return (action) => own.has(action) || !outer.has(action);
}

/** Words that stand behind a thing in a path and mean the thing itself: `/users/me`, `/users/bulk`. */
const SAME = new Set(
  "me self my current own bulk batch many new create import all list register profile user account customer subscriber delete data gdpr setup bootstrap onboard".split(
    " ",
  ),
);
const ACCOUNT_ACTIONS: ReadonlySet<ActionName> = new Set<ActionName>(["user_created", "user_deleted", "user_updated"]);

/**
 * Whether only the method of the request speaks for an action on something whose part the path names: `POST /accounts/keys`
 * creates no account, and `POST /webhooks/payments` is what a provider calls.
 */
export function isOfAPart(segments: readonly string[], implied: readonly string[]): (action: ActionName) => boolean {
  if (implied.length === 0 || segments.length < 2) return () => false;
  const last = phraseOf(segments.at(-1)!);
  const isReceiver = implied[0] === "create" && segments.slice(0, -1).some((segment) => phraseOf(segment).includes("webhook"));
  const isSame = last.some((word) => SAME.has(word) || ATTRIBUTES.has(word));
  const own = actionsOf([...implied, ...last]);
  return (action) => (action === "security_config_change" ? isReceiver : ACCOUNT_ACTIONS.has(action) && !isSame && !own.has(action));
}

/** Whether the last static segment stands behind a parameter. */
function isNested(path: string): boolean {
  return /\/(?::|\{|\[)[^/]*\/[a-z][\w-]*(?:\/[:{[][^/]*)?$/i.test(path);
}

function actionsOf(...names: readonly (readonly string[])[]): ReadonlySet<ActionName> {
  return new Set(names.flatMap((words) => matchWords(words).map(({ action }) => action)));
}

/** What a path names: its parts without parameters, and without those that every path of an interface has. */
export function staticSegments(path: string): string[] {
  return path
    .split("/")
    .filter(
      (segment) =>
        segment !== "" && !/^[:*{[$(]/.test(segment) && !/^(?:api|v\d+|rest|internal|public|trpc|graphql|index|route)$/i.test(segment),
    );
}

/** `/reset/:token`, `/verify/{code}`: the last part of the path is the code of a link that somebody was sent. */
export function linkCode(path: string): readonly string[] {
  const last = path.replace(/\/$/, "").split("/").at(-1) ?? "";
  return CODE.test(last) ? [LINK_CODE] : [];
}
const CODE = /^(?::|\{|<(?:\w+:)?|\[|\$|\()\*?\w*?(?:token|code|key|hash|secret)\w*[}\])>]?$/i;

const METHOD_VERBS: ReadonlyMap<string, string> = new Map([
  ["POST", "create"],
  ["PUT", "update"],
  ["PATCH", "update"],
  ["DELETE", "delete"],
]);

/** Things of which there is one: what is sent by POST changes it. */
const SINGULAR: ReadonlySet<string> = new Set(["setting", "config", "configuration", "preference", "option"]);

/** What the method of a request does to a thing of this name. */
export function impliedBy(found: Pick<HandlerFound, "method">, thing: readonly string[]): string[] {
  const verb = METHOD_VERBS.get(found.method ?? "");
  if (verb === undefined) return [];
  return [verb === "create" && SINGULAR.has(thing.at(-1) ?? "") ? "update" : verb];
}
