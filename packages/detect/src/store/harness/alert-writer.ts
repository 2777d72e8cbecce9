/**
 * A detector without an engine: takes up the store of a folder, brings alerts from a number on to a file by way of an
 * outbox, compacts now and then, and prints the number of each that is stored. Runs until it is killed, or to the last one.
 */
import { createFileOutput } from "../../outputs/file.ts";
import { json } from "../../outputs/json.ts";
import { openOutbox } from "../../outputs/outbox.ts";
import { openStore } from "../store.ts";
import { alertOf } from "./alerts.ts";

const [folder = "", file = "", from = "", last = ""] = process.argv.slice(2);
const store = openStore(folder);
const outbox = await openOutbox({ outputs: [createFileOutput(file, json)], store });
for (let number = Number(from); number <= Number(last);) {
  const burst: Promise<unknown>[] = [];
  for (let at = 0; at < 8 && number <= Number(last); at += 1, number += 1) {
    const current = number;
    burst.push(outbox.take(alertOf(current)).then(() => process.stdout.write(`${current}\n`)));
  }
  if (number % 40 < 8) burst.push(store.compact());
  await Promise.all(burst);
}
await outbox.idle();
await outbox.close();
await store.close();
