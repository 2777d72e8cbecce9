import type { Project, Proposal } from "@telltale/scan/analysis";

const known = new WeakMap<Project, Map<string, boolean>>();

/** A header that nothing in the project names is one that no request has: a field that is always empty helps nobody. */
export function withoutUnknownHeader(details: Proposal["details"], project: Project): Proposal["details"] {
  return details.filter(({ name, value }) => {
    const header = name === "request_id" ? /["'](x-[\w-]+)["']/i.exec(value)?.[1] : undefined;
    return header === undefined || isNamed(project, header.toLowerCase());
  });
}

function isNamed(project: Project, header: string): boolean {
  const mine = known.get(project) ?? new Map<string, boolean>();
  known.set(project, mine);
  let is = mine.get(header);
  if (is === undefined) mine.set(header, (is = [...project.texts.values()].some((text) => text.toLowerCase().includes(header))));
  return is;
}
