import type pc from "picocolors";

export type Colours = ReturnType<typeof pc.createColors>;
