interface Named {
  readonly name?: string;
  readonly dependencies: ReadonlySet<string>;
}

/** Gemfile: `gem "rails", "~> 7.1"`. https://bundler.io/man/gemfile.5.html */
export function readGemfile(text: string): Named {
  return { dependencies: new Set([...text.matchAll(/^\s*gem[\s(]+["']([\w.-]+)["']/gm)].map((match) => match[1]!)) };
}

/** A gem's own manifest: `spec.add_dependency "rack"`. https://guides.rubygems.org/specification-reference/ */
export function readGemspec(text: string): Named {
  const dependencies = [...text.matchAll(/\.add_(?:runtime_|development_)?dependency[\s(]+["']([\w.-]+)["']/g)].map((match) => match[1]!);
  const name = /\.name\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1];
  return { dependencies: new Set(dependencies), ...(name === undefined ? {} : { name }) };
}
