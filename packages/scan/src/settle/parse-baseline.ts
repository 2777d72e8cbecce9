import { z } from "zod";
import { TelltaleError } from "../errors.ts";
import type { Baseline } from "./baseline.ts";

const entrySchema = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  rule: z.string(),
  file: z.string(),
  handler: z.string(),
});
const baselineSchema = z.object({ version: z.literal(1), findings: z.array(entrySchema) }) satisfies z.ZodType<Baseline>;

/** The text of a baseline file. Throws TT1302 where it is none. */
export function parseBaseline(text: string, file: string): Baseline {
  const parsed = baselineSchema.safeParse(json(text, file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new TelltaleError("TT1302", { cause: `${issue.path.join(".") || "the whole"}: ${issue.message}` }, { file });
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TelltaleError("TT1302", { cause: cause instanceof Error ? cause.message : String(cause) }, { file });
  }
}
