import type { SettingsReader, SetupReader } from "../facts.ts";
import { dotnetSettings, dotnetSetups } from "./dotnet.ts";
import { elixirSetups } from "./elixir.ts";
import { goSetups } from "./go.ts";
import { javascriptSetups } from "./javascript.ts";
import { jvmSettings } from "./jvm.ts";
import { phpSettings, phpSetups } from "./php.ts";
import { pythonSetups } from "./python.ts";
import { rubySetups } from "./ruby.ts";
import { rustSetups } from "./rust.ts";

export const setupReaders: readonly SetupReader[] = [
  ...javascriptSetups,
  ...pythonSetups,
  ...rubySetups,
  ...elixirSetups,
  ...goSetups,
  ...phpSetups,
  ...dotnetSetups,
  ...rustSetups,
];

export const settingsReaders: readonly SettingsReader[] = [...jvmSettings, ...dotnetSettings, ...phpSettings];
