import { createSecurityLog } from "@telltale/log";

/** One event of its own beside those of the vocabulary; records go to the terminal, and to a file where SECURITY_LOG names one. */
export const security = createSecurityLog({
  service: { name: "accounts", version: "0.1.0" },
  trustProxy: ["loopback"],
  outputs: process.env.SECURITY_LOG ? [{}, { file: process.env.SECURITY_LOG, chain: true }] : [{}],
  events: {
    invoice_voided: {
      level: "WARN",
      outcome: "success",
      category: "sensitive",
      details: { invoiceid: { type: "string", required: true } },
    },
  },
});
