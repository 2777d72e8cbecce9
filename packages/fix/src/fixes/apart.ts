import type { Site } from "@telltale/scan/analysis";
import { writerOf } from "../languages/index.ts";

/** Whether the language has a way to ask what came of it, where several outcomes end in one value. */
export const isToldApart = ({ file, span }: Site): boolean => writerOf(file.language)?.tellsApart?.({ file, at: span }) === true;
