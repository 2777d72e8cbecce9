/** Names of what Python manifests ask for, in lower case with hyphens (PEP 503). */

interface Named {
  readonly name?: string;
  readonly dependencies: ReadonlySet<string>;
}

/** A requirement as PEP 508 writes it: `Django[argon2]>=4 ; python_version < "4"`. */
const REQUIREMENT = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?:[<>=!~;@,(].*)?$/;

export function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]+/g, "-");
}

function ofRequirement(text: string): readonly string[] {
  const egg = /#egg=([\w.-]+)/.exec(text)?.[1];
  const name = egg ?? REQUIREMENT.exec(text.replace(/(?:^|\s)#.*$/, "").replace(/\s+--?\w.*$/, ""))?.[1];
  return name === undefined ? [] : [normalized(name)];
}

/** requirements.txt and its kin: a requirement a line. https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export function readRequirements(text: string): Named {
  return {
    dependencies: new Set(text.split("\n").flatMap((line) => (/^\s*-/.test(line) && !line.includes("#egg=") ? [] : ofRequirement(line)))),
  };
}

/**
 * pyproject.toml and Pipfile: requirements as texts in lists (`dependencies = […]`, dependency groups, extras), and the keys
 * of tables that are called dependencies or packages (Poetry, Pipenv).
 */
export function readToml(text: string): Named {
  const dependencies = new Set<string>();
  let table = "";
  let inList = false;
  for (const line of text.split("\n")) {
    const header = /^\s*\[+([^\]]+)\]+\s*(?:#.*)?$/.exec(line);
    if (header !== null && !inList) {
      table = header[1]!;
      continue;
    }
    const isTable = /(?:^|\.)(?:(?:dev-)?dependencies|(?:dev-)?packages)$/.test(table);
    const key = /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=/.exec(line)?.[1];
    if (isTable && !inList && key !== undefined && key !== "python") dependencies.add(normalized(key));
    if (!inList && /=\s*\[/.test(line)) inList = /^\s*(?:dependencies|requires)\s*=/.test(line) || /dependenc/.test(table);
    if (inList) {
      for (const match of line.matchAll(/"([^"]+)"|'([^']+)'/g))
        for (const name of ofRequirement(match[1] ?? match[2]!)) dependencies.add(name);
      if (/\]\s*,?\s*(?:#.*)?$/.test(line)) inList = false;
    }
  }
  const name = /^\s*name\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
  return { dependencies, ...(name === undefined ? {} : { name }) };
}

/** setup.py is a program: its requirements are texts in a list. setup.cfg has them a line. */
export function readSetup(text: string): Named {
  const quoted = [...text.matchAll(/["']([A-Za-z][^"'\n]*)["']/g)].flatMap((match) => ofRequirement(match[1]!));
  const indented = [...text.matchAll(/^[ \t]+([A-Za-z][^\n=]*(?:[<>=~!].*)?)$/gm)].flatMap((match) => ofRequirement(match[1]!));
  return { dependencies: new Set([...quoted, ...indented]) };
}
