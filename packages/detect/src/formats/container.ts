import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { JsonFormat } from "./json-line.ts";
import { jsonFormat } from "./json-line.ts";
import { badTime } from "./reading.ts";
import type { OpenFields } from "./reading.ts";
import type { MessageReader } from "./syslog.ts";
import { timeOf } from "./time.ts";

/**
 * What Docker's `json-file` driver makes of a line that a container wrote: `{"log":"…\n","stream":"stdout","time":"…"}`. The line
 * is read by the other formats; it has Docker's time where it has none of its own.
 */
export function createContainer(readMessage: MessageReader): JsonFormat {
  const read = ({ log, time }: OpenFields, facts: LineFacts): ReadEvent | NoEvent => {
    const written = timeOf(time, facts);
    if (Number.isNaN(written)) return badTime;
    const result = readMessage(
      typeof log === "string" ? log.trimEnd() : "",
      written === undefined ? facts : { ...facts, received: written },
    );
    if (result.kind === "event" && written !== undefined) (result.fields as OpenFields)["telltale_time"] = undefined;
    return result;
  };
  return jsonFormat("docker", "Lines in Docker's json-file; what the container wrote is read by the other formats", fits, read);
}

function fits({ log, stream }: OpenFields): boolean {
  return typeof log === "string" && (stream === "stdout" || stream === "stderr");
}
