/**
 * The words from which applications build event names. `resolveEvent` ignores case and separators,
 * so one spelling of each is enough: `sign_in` is also `signIn` and `SIGNIN`.
 */

/** The words of a template literal, separated by white space. */
export function list(words: TemplateStringsArray): string[] {
  return words.join(" ").split(/\s+/).filter(Boolean);
}

/** Every subject with every verb, in both orders: `login_failed` and `failed_login`. */
export function phrases(subjects: readonly string[], verbs: readonly string[]): string[] {
  return subjects.flatMap((subject) => verbs.flatMap((verb) => [`${subject}_${verb}`, `${verb}_${subject}`]));
}

export const created = list`create created creation add added new`;
export const updated = list`update updated change changed edit edited modify modified modification`;
export const deleted = list`delete deleted deletion destroy destroyed remove removed removal purge purged erase erased`;
export const succeeded = list`success successful successfully succeed succeeded ok passed completed complete`;
export const failed = list`fail failed fails failure error errored rejected refused unsuccessful invalid incorrect`;
