import { defineConfig } from "vitest/config";

/** Tests read the sources of the workspaces, not what was built of them; only those of the command run the built one. */
const conditions = ["telltale-source", "node", "development|production"];

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    include: ["packages/**/src/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**", "**/battery/**"],
    // Tests of the command start processes; two cores may be busy with others.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
