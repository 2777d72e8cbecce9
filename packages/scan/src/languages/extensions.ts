/**
 * The file endings of every language, each with its dot, apart from the languages themselves: which files there are is
 * known before a parser needs to be loaded. A test compares them.
 */
export const extensions: readonly string[] = [
  ".cs",
  ".ex",
  ".exs",
  ".go",
  ".java",
  ".js",
  ".cjs",
  ".mjs",
  ".jsx",
  ".ts",
  ".cts",
  ".mts",
  ".tsx",
  ".kt",
  ".kts",
  ".php",
  ".py",
  ".rb",
  ".rs",
];
