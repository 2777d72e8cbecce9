import { expect, test } from "vitest";
import { createFormats, formats } from "../formats/index.ts";
import { proveRedaction } from "./harness/proof.ts";
import { createRedactor } from "./index.ts";

/** `npm run prove:redaction` asks for a million. */
const cases = Number(process.env["TELLTALE_PROOF_CASES"] ?? 2000);

test(
  "no planted secret is found in what is written, in any format",
  () => {
    const redactor = createRedactor();
    const outputs = [...Object.values(formats), createFormats({ ocsfVersion: "1.9.0-dev" }).ocsf].map(({ id, line }) => ({
      name: id,
      line,
    }));
    expect(() => proveRedaction({ redactor, cases, outputs })).not.toThrow();
  },
  24 * 60 * 60 * 1000,
);
