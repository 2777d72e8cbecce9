import type { ContainerIR } from "../ir/nodes.ts";
import type { Project } from "../project/project.ts";
import { typeContainer } from "./type-containers.ts";
import type { Walk } from "./walk.ts";

/** A container that says it extends something, not yet read. */
interface Candidate {
  readonly path: string;
  readonly name: string;
}

const indexes = new WeakMap<Project, ReadonlyMap<string, readonly Candidate[]>>();

/** What extends what, by the last names that the texts write. Languages that say how (`Linking.heirs`) take part. */
function indexOf(project: Project): ReadonlyMap<string, readonly Candidate[]> {
  const known = indexes.get(project);
  if (known !== undefined) return known;
  const index = new Map<string, Candidate[]>();
  for (const [path, text] of project.texts) {
    const linking = project.languageOf(path)?.linking;
    if (linking?.by !== "name" || linking.heirs === undefined) continue;
    for (const [, name, parents] of text.matchAll(linking.heirs)) {
      for (const [parent] of parents!.matchAll(/[\p{L}_$][\w$]*/gu)) {
        const list = index.get(parent);
        if (list === undefined) index.set(parent, [{ path, name: name! }]);
        else list.push({ path, name: name! });
      }
    }
  }
  indexes.set(project, index);
  return index;
}

/** Heirs of heirs that are looked through. */
const DEEPEST = 3;
/** What has more heirs than that is a matter of choice at run time. */
const MOST = 12;

const memo = new WeakMap<Walk, Map<ContainerIR, ContainerIR | null>>();

/** The class that stands in for an interface or abstract class: the only one, or the one that its name or a mark prefers. */
export function onlyHeir(walk: Walk, container: ContainerIR): ContainerIR | undefined {
  let mine = memo.get(walk);
  if (mine === undefined) memo.set(walk, (mine = new Map()));
  const known = mine.get(container);
  if (known !== undefined) return known ?? undefined;
  mine.set(container, null);
  const found = preferred(container, [...new Set(heirsOf(walk, container, DEEPEST))]);
  mine.set(container, found ?? null);
  return found;
}

function heirsOf(walk: Walk, container: ContainerIR, depth: number): readonly ContainerIR[] {
  const silent = implementersOf(walk, container);
  if (silent !== undefined) return silent;
  const candidates = indexOf(walk.project).get(lastName(container.name)) ?? [];
  if (depth === 0 || candidates.length > MOST) return [];
  return candidates.flatMap(({ path, name }) => {
    const file = walk.project.file(path);
    const heirs = file?.containers.filter((one) => lastName(one.name) === name && one !== container) ?? [];
    return heirs
      .filter((one) => one.extends.some((type) => typeContainer(walk, type, one.file) === container))
      .flatMap((one) => (one.sort === "interface" || one.isAbstract === true ? heirsOf(walk, one, depth - 1) : [one]));
  });
}

const finders = new WeakMap<Project, (container: ContainerIR) => readonly Candidate[]>();

/** Types that have the methods of an interface without saying so; undefined for languages in which they say so. */
function implementersOf({ project }: Walk, container: ContainerIR): readonly ContainerIR[] | undefined {
  const linking = project.languageOf(container.file.path)?.linking;
  if (linking?.by !== "finder" || linking.implementers === undefined) return undefined;
  let find = finders.get(project);
  if (find === undefined) {
    const tree = { paths: project.paths, manifests: [], text: (path: string) => project.texts.get(path) };
    finders.set(project, (find = linking.implementers(tree)));
  }
  return find(container).flatMap(({ path, name }) => project.file(path)?.containers.find((one) => one.name === name) ?? []);
}

/** https://docs.spring.io/spring-framework/reference/core/beans/annotation-config/autowired-primary.html, https://quarkus.io/guides/cdi-reference#default_beans */
const PREFERRED: ReadonlySet<string> = new Set(["Primary", "Default", "Singleton"]);

function preferred(container: ContainerIR, heirs: readonly ContainerIR[]): ContainerIR | undefined {
  if (heirs.length === 1) return heirs[0];
  const marked = heirs.filter((heir) => heir.decorators.some(({ name }) => PREFERRED.has(lastName(name))));
  if (marked.length === 1) return marked[0];
  const bare = lastName(container.name).replace(/^(?:I(?=\p{Lu}\p{Ll})|Abstract|Base)/u, "");
  const named = heirs.filter((heir) => [`${bare}Impl`, `Default${bare}`, `${bare}Default`, bare].includes(lastName(heir.name)));
  return named.length === 1 ? named[0] : undefined;
}

const lastName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
