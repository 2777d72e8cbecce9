import type { Format } from "../contract.ts";
import { applicationEvent } from "./application.ts";
import { LONGEST_LINE } from "./json-line.ts";
import { unreadable } from "./reading.ts";
import type { ReadingFacts } from "./reading.ts";
import { pairsIn } from "./pairs.ts";

const tooLong = unreadable("it is longer than 1 MB");
const none = unreadable("it has no key=value");
/** Enough of a line to know it. */
const LOOKED_AT = 500;

/** `time=… level=info msg="login failed" user=bob`: Go's slog and logrus, Heroku, Rails' lograge. */
export function createLogfmt({ names }: ReadingFacts): Format {
  return {
    id: "logfmt",
    description: "key=value lines",
    claims: (line) => /^[A-Za-z_@][\w.@-]{0,60}=/.test(line) && pairsIn(line.slice(0, LOOKED_AT)).count >= 2,
    read: (line, facts) => {
      if (line.length > LONGEST_LINE) return tooLong;
      const { fields, count } = pairsIn(line);
      return count === 0 ? none : applicationEvent(fields, facts, names);
    },
  };
}
