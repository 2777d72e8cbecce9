import { ecs } from "./ecs.ts";
import { json } from "./json.ts";
import { ocsf } from "./ocsf.ts";
import type { Renderer } from "./renderer.ts";
import { textRenderer } from "./text.ts";

/** Every way to write an alert, by the name that `--to` takes. */
export const renderers: ReadonlyMap<string, Renderer> = new Map(
  [textRenderer(), json, ecs, ocsf].map((renderer) => [renderer.id, renderer]),
);
