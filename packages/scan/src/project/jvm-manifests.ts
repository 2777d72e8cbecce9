/** What Maven and Gradle builds depend on, each as `group:artifact`. */

interface Named {
  readonly name?: string;
  readonly dependencies: ReadonlySet<string>;
}

/** pom.xml: dependencies and the parent, which brings its own. https://maven.apache.org/pom.html */
export function readPom(text: string): Named {
  const dependencies = new Set<string>();
  for (const [, block] of text.matchAll(/<(?:dependency|parent)>([^]*?)<\/(?:dependency|parent)>/g)) {
    const [group, artifact] = ["groupId", "artifactId"].map((tag) => new RegExp(`<${tag}>\\s*([^<\\s]+)\\s*</${tag}>`).exec(block!)?.[1]);
    if (group === undefined || artifact === undefined) continue;
    dependencies.add(`${group}:${artifact}`);
    // Modules of one build know each other by their artifact.
    dependencies.add(artifact);
  }
  const name = /<artifactId>\s*([^<\s]+)/.exec(
    text.replaceAll(/<(?:dependencies|parent|dependencyManagement)>[^]*?<\/(?:dependencies|parent|dependencyManagement)>/g, ""),
  )?.[1];
  return { dependencies, ...(name === undefined ? {} : { name }) };
}

/**
 * Gradle scripts and version catalogs: every quoted `group:artifact`, with or without version, `group`/`name` pairs of
 * catalogs, and plugins that bring a platform. https://docs.gradle.org/current/userguide/declaring_dependencies.html
 */
export function readGradle(text: string): Named {
  const dependencies = new Set<string>();
  for (const [, coordinates] of text.matchAll(/["']([\w.-]+:[\w.-]+)(?::[^"'\s]*)?["']/g)) dependencies.add(coordinates!);
  for (const [, group, name] of text.matchAll(/group\s*[=:]\s*["']([\w.-]+)["']\s*,\s*name\s*[=:]\s*["']([\w.-]+)["']/g))
    dependencies.add(`${group}:${name}`);
  for (const [, plugin] of text.matchAll(
    /\bid\s*\(?\s*["'](org\.springframework\.boot|io\.quarkus|io\.micronaut\.\w+|io\.ktor\.plugin)["']/g,
  ))
    dependencies.add(`${plugin}:plugin`);
  for (const [, path] of text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?["']:([\w:.-]+)["']/g))
    dependencies.add(`project:${path!.split(":").at(-1)}`);
  if (/\blibs\.plugins\.spring\.?[bB]oot\b/.test(text)) dependencies.add("org.springframework.boot:plugin");
  if (/\blibs\.(?:bundles\.)?ktor\b/.test(text)) dependencies.add("io.ktor:catalog");
  return { dependencies };
}
