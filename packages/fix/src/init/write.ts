import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeChanges, type NotWritten } from "../apply/write.ts";
import type { Created, Setup } from "./contract.ts";

/** Writes what a setup says: first the new files, then what uses them. A file that is there is never overwritten. */
export function writeSetup(root: string, { created, changes }: Setup): readonly NotWritten[] {
  const failed = created.flatMap((one) => {
    const reason = create(root, one);
    return reason === undefined ? [] : [{ file: one.file, reason }];
  });
  return failed.length > 0 ? failed : writeChanges(root, changes);
}

function create(root: string, { file, text }: Created): string | undefined {
  const path = join(root, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const handle = openSync(path, "wx");
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } catch (error) {
      unlinkSync(path);
      throw error;
    } finally {
      closeSync(handle);
    }
    return undefined;
  } catch (error) {
    if (existsSync(path)) return "it is there already";
    return error instanceof Error ? error.message.split("\n")[0]! : String(error);
  }
}
