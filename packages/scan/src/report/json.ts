import { jsonText } from "./parts/escape.ts";
import type { Report } from "./result.ts";

/** The whole result; its shape is schemas/report.schema.json. */
export const json: Report = {
  id: "json",
  title: "every handler examined, for programs",
  render: (result) => jsonText(result),
};
