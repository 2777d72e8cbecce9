/** Route paths that frameworks read from the place of a file. */

/** A source file of JavaScript or TypeScript that is no test, story or declaration. */
export function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$|(?:^|\/)__(?:tests|mocks)__\//.test(path);
}

/** `server/api/login.post.ts` → `server/api/login.post`. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/**
 * Folder names in the bracket spelling that Next.js, SvelteKit and Nuxt share → path template.
 * `(group)` and `@slot` are no part of the path; `[id]` `[id=int]` → `:id`, `[[id]]` → `:id?`, `[...rest]` `[[...rest]]` → `*`.
 */
export function bracketPath(segments: readonly string[]): string {
  return `/${segments
    .filter((segment) => segment !== "" && !/^(?:\(.*\)|@.*)$/.test(segment))
    .map(bracketSegment)
    .join("/")}`;
}

function bracketSegment(segment: string): string {
  return segment
    .replaceAll(/\[?\[\.\.\.[^\]]*\]\]?/g, "*")
    .replaceAll(/\[\[([^\]=]+)(?:=[^\]]*)?\]\]/g, ":$1?")
    .replaceAll(/\[([^\]=]+)(?:=[^\]]*)?\]/g, ":$1");
}

/** Names of files that say nothing of what is in them; their folder does. */
const GENERIC = /^(?:index|handlers?|main|mod|app|function|lambda|worker|server|route|controller|_worker)$/;

/** What a file is called for people: `functions/login/index.ts` and `functions/login.ts` → `login`. */
export function tellingName(path: string): string {
  const segments = withoutExtension(path)
    .split("/")
    .filter((segment, index, all) => index === all.length - 1 || segment !== "src");
  const last = segments.at(-1) ?? path;
  return GENERIC.test(last) ? (segments.at(-2) ?? last) : last;
}
