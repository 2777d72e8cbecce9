/** What projects of .NET depend on: packages by their ids, frameworks and SDKs by their names, projects of the tree as `project:Name`. */

interface Named {
  readonly name?: string;
  readonly dependencies: ReadonlySet<string>;
}

/**
 * `*.csproj`, `Directory.Build.props`, `Directory.Packages.props`. The SDK of a project brings frameworks of its own.
 * https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
 */
export function readMsbuild(text: string): Named {
  const plain = text.replaceAll(/<!--[^]*?-->/g, "");
  const dependencies = new Set<string>();
  for (const [, id] of plain.matchAll(
    /<(?:PackageReference|PackageVersion|GlobalPackageReference|FrameworkReference)\s+(?:Include|Update)\s*=\s*["']([^"']+)["']/g,
  ))
    dependencies.add(id!);
  for (const [, sdk] of plain.matchAll(/\bSdk\s*=\s*["']([\w.]+)/g)) dependencies.add(sdk!);
  for (const [, path] of plain.matchAll(/<ProjectReference\s+Include\s*=\s*["']([^"']+)["']/g))
    dependencies.add(`project:${lastFolder(path!)}`);
  return { dependencies };
}

/** The folder of a project is what others call it. */
function lastFolder(path: string): string {
  const parts = path.split(/[\\/]/);
  return parts.at(-2) ?? parts.at(-1)!.replace(/\.\w+proj$/, "");
}

/** `packages.config` of older projects. */
export function readPackagesConfig(text: string): Named {
  return { dependencies: new Set([...text.matchAll(/<package\s+id\s*=\s*["']([^"']+)["']/g)].map((match) => match[1]!)) };
}
