import type { Seat, Spot } from "../writer.ts";

/** Levels of Logger, the lowest first. https://hexdocs.pm/logger/Logger.html#module-levels */
const LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"] as const;
const SET = /^\s*config\s+:logger,\s*(?::level,\s*|level:\s*):(\w+)/gm;

/** A seat whose line is kept in production: an application that drops what is below a level would never see it. */
export function atKeptLevel(seat: Seat, { project }: Spot): Seat {
  const lowest = Math.max(
    ...["config/config.exs", "config/prod.exs", "config/runtime.exs"].map((path) => levelIn(project.texts.get(path) ?? "")),
  );
  const raised = (line: string): string =>
    line.replace(/^Logger\.(info|warning)\(/, (whole, level: string) => (rank(level) < lowest ? `Logger.${LEVELS[lowest]}(` : whole));
  return { ...seat, write: (line) => seat.write(raised(line)) };
}

function levelIn(text: string): number {
  // What holds in tests and at a desk only says nothing of production.
  const levels = [...text.matchAll(SET)].filter((match) => !/\bif\b[^\n]*(?:test|dev)[^\n]*\n[^\n]*$/.test(text.slice(0, match.index)));
  return Math.max(-1, ...levels.map((match) => rank(match[1]!)));
}

const rank = (level: string): number => LEVELS.findIndex((one) => one === (level === "warn" ? "warning" : level));
