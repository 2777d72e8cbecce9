import { elixirExposures } from "./elixir.ts";
import type { ExposureReader } from "./exposure.ts";
import { goExposures } from "./go.ts";
import { javascriptExposures } from "./javascript.ts";
import { jvmExposures } from "./jvm.ts";
import { otherExposures } from "./others.ts";
import { pythonExposures } from "./python.ts";
import { rubyExposures } from "./ruby.ts";

export type { Exposure } from "./exposure.ts";

/** Every library of which it is known that it writes requests or rows whole. */
export const exposureReaders: readonly ExposureReader[] = [
  ...javascriptExposures,
  ...pythonExposures,
  ...rubyExposures,
  ...elixirExposures,
  ...goExposures,
  ...jvmExposures,
  ...otherExposures,
];
