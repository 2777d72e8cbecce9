import { open } from "node:fs/promises";

/** Makes the names in a folder durable, of a new or a renamed file. Not every system can (Windows). */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is synced; its name follows when the system writes the folder.
  }
}
