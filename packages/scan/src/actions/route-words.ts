import type { ActionName } from "@telltale/vocabulary";
import type { HandlerFound } from "../frameworks/framework.ts";
import { matchWords } from "./match.ts";
import { phraseOf } from "./phrases.ts";

/** A part of the thing itself, whose change is a change of the thing. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    "profile account detail info information setting email username name status state data password role permission attribute " +
    "field property active avatar identity mfa 2fa totp otp token key secret session credential member invitation group team"
  ).split(" "),
);

/**
 * Which actions a route may speak of, given what its method implies (`delete`). What stands behind a parameter is what the
 * method acts on: `DELETE /users/:id/messages/:id` deletes no user.
 */
export function ownActions(path: string, segments: readonly string[], implied: readonly string[]): (action: ActionName) => boolean {
  const last = segments.slice(-1).flatMap((segment) => phraseOf(segment));
  if (implied.length === 0 || !isNested(path) || last.some((word) => ATTRIBUTES.has(word))) return () => true;
  const outer = actionsOf(...segments.slice(0, -1).map((segment) => [...implied, ...phraseOf(segment)]));
  const own = actionsOf(last, [...implied, ...last]);
  return (action) => own.has(action) || !outer.has(action);
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

const METHOD_VERBS: ReadonlyMap<string, string> = new Map([
  ["POST", "create"],
  ["PUT", "update"],
  ["PATCH", "update"],
  ["DELETE", "delete"],
]);

/** What the method of a request implies. */
export function verbOf(found: Pick<HandlerFound, "method">): string[] {
  const verb = METHOD_VERBS.get(found.method ?? "");
  return verb === undefined ? [] : [verb];
}
