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
