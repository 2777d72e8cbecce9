import type { Progress, Tell } from "@telltale/scan";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether to colour: the option decides, then NO_COLOR (https://no-color.org), then FORCE_COLOR, then whether people read
 * it on a terminal.
 */
export function wantsColour(option: boolean | undefined, environment: Environment, isTerminal: boolean): boolean {
  if (option !== undefined) return option;
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

/** Whether to show progress: only to people who watch, never to a CI log. */
export function wantsProgress(option: boolean, environment: Environment, isTerminal: boolean): boolean {
  const inCi = environment["CI"] !== undefined && environment["CI"] !== "" && environment["CI"] !== "false";
  return option && isTerminal && !inCi && environment["TERM"] !== "dumb";
}

const verbs: Readonly<Record<Progress["step"], string>> = {
  discover: "Looking for files",
  parse: "Parsing",
  walk: "Walking handlers",
  judge: "Judging",
};

/** Milliseconds between two redraws. */
const pace = 80;

/** One line on the terminal that is drawn over itself, and taken away at the end. */
export function drawnLine(
  write: (text: string) => void,
  now: () => number,
): { readonly show: (text: string) => void; readonly end: () => void } {
  let drawn = -Infinity;
  return {
    show(text) {
      if (now() - drawn < pace) return;
      drawn = now();
      write(`\r\u001b[2K${text}`);
    },
    end() {
      if (drawn !== -Infinity) write("\r\u001b[2K");
    },
  };
}

/** The progress of a scan on such a line. */
export function progressLine(write: (text: string) => void, now: () => number): { readonly tell: Tell; readonly end: () => void } {
  const line = drawnLine(write, now);
  return {
    tell: ({ step, done, total }) => line.show(`${verbs[step]}${total > 0 ? ` ${done}/${total}` : ""}`),
    end: line.end,
  };
}
