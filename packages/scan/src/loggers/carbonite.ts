import { keywordText } from "./elixir-write.ts";
import type { CallView, Logger, RecordFact } from "./logger.ts";

/**
 * Carbonite: triggers of PostgreSQL keep every change that is made in a transaction with this row, statements for many rows
 * as well. Which tables have a trigger stands in migrations; a transaction that writes the row is taken for one that is kept.
 */
export const carbonite: Logger = {
  id: "carbonite",
  title: "Carbonite",
  docs: "https://hexdocs.pm/carbonite/Carbonite.html",
  languages: ["elixir"],
  enabledBy: { hex: ["carbonite"] },
  preference: 60,
  record,
  write: (line) => `Carbonite.insert_transaction(Repo, %{meta: %{${keywordText(line)}}})`,
};

/** `Carbonite.insert_transaction(Repo, %{meta: …})`, `multi |> Carbonite.Multi.insert_transaction(%{meta: …})`. */
function record({ call, method, receiver, origin }: CallView): RecordFact | undefined {
  const isCarbonite = receiver.some((name) => name === "Carbonite" || name.startsWith("Carbonite.")) || /^Carbonite\b/.test(origin);
  if (!isCarbonite || method !== "insert_transaction") return undefined;
  const says = call.args.slice(1);
  const fields = says.find((arg) => arg.kind === "record");
  return { level: "audit", says, ...(fields === undefined ? {} : { fields }) };
}
