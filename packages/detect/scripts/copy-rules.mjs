// Puts the rule pack of the repository into the package, so that it is published with it.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const from = fileURLToPath(new URL("../../../rules", import.meta.url));
const to = fileURLToPath(new URL("../pack", import.meta.url));

rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
