import type { Project } from "../../project/project.ts";

/** `Key("LEVEL").MustString("trace")`, `getenv("LOG_LEVEL", "debug")`, `LOG_LEVEL ?? "debug"`, `${LOG_LEVEL:-debug}`. */
const WRITES_ALL = /level["'\])]{0,3}\s*(?:\.\w+\(|,|\|\||\?\?|:-)\s*["'`]?(?:trace|debug)\b/i;
const TEST = /(?:^|\/)(?:tests?|spec|__tests__|fixtures|examples?)\/|[._](?:test|spec)\.\w+$/;

/** Whether a project writes its lowest levels where nobody says otherwise; asked once. */
export function createWritesAll(project: Project): () => boolean {
  let known: boolean | undefined;
  return () => (known ??= project.paths.some((path) => !TEST.test(path) && WRITES_ALL.test(project.texts.get(path)!)));
}
