import { expect, test } from "vitest";
import { proveRedaction } from "./harness/proof.ts";
import { createRedactor } from "./index.ts";

/** `npm run prove:redaction` asks for a million. */
const cases = Number(process.env["TELLTALE_PROOF_CASES"] ?? 2000);

test(
  "no planted secret is found in what is written",
  () => {
    const redactor = createRedactor();
    expect(() => proveRedaction({ redactor, cases, outputs: [{ name: "json", line: (record) => JSON.stringify(record) }] })).not.toThrow();
  },
  24 * 60 * 60 * 1000,
);
