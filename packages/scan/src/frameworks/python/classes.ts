/** Classes and what they descend from, as far as the project tells. */
import type { ContainerIR, FileIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { follow } from "../modules/follow.ts";

const DEEPEST = 6;

/** Last names of all classes that a class descends from, those of libraries included, nearest first. */
export function basesOf(container: ContainerIR, project: ProjectFacts, depth = DEEPEST): readonly string[] {
  if (depth === 0) return [];
  return container.extends.flatMap(({ name }) => {
    const parent = classNamed(name, container.file, project);
    const last = name.slice(name.lastIndexOf(".") + 1);
    return [last, ...(parent === undefined || parent === container ? [] : basesOf(parent, project, depth - 1))];
  });
}

/** The class behind a dotted name in a file. */
export function classNamed(name: string, file: FileIR, project: ProjectFacts): ContainerIR | undefined {
  const own = file.containers.find((one) => one.name === name);
  if (own !== undefined) return own;
  const at = { start: 0, end: 0 };
  const [root = "", ...rest] = name.split(".");
  const { expr } = follow(
    {
      expr: rest.reduce<Parameters<typeof follow>[0]["expr"]>((object, property) => ({ kind: "member", ...at, object, property }), {
        kind: "name",
        ...at,
        name: root,
      }),
      file,
      scope: null,
    },
    project,
  );
  return expr.kind === "container" ? expr.container : undefined;
}
