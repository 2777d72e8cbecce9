import { lateRecords, type LateRecord } from "../content/security/order.ts";
import { lostRows, type LostRow } from "../content/security/rollbacks.ts";
import { pathOf } from "../outcomes/values.ts";
import type { ContentRule, Issue } from "./scene.ts";
import { sensitiveFiles, sensitiveHandlers } from "./sensitive.ts";

/** A record that is gone where something fails: a row that is rolled back, or a line behind a call that throws. */
export const logAfterCommit: ContentRule = {
  id: "log-after-commit",
  mayHold: null,
  check: (scene) => {
    const handlers = sensitiveHandlers(scene);
    return sensitiveFiles(scene).flatMap((file) => [
      ...distinct(lostRows(file)).map(ofLostRow),
      ...file.functions.flatMap((fn) => (handlers.has(fn) ? lateRecords(fn, file, scene.lines(file)) : [])).map(ofLateRecord),
    ]);
  },
};

function distinct(rows: readonly LostRow[]): readonly LostRow[] {
  return rows.filter((row, i) => rows.findIndex((other) => other.row === row.row) === i);
}

function ofLostRow({ file, fn, row, by }: LostRow): Issue {
  const path = pathOf(row.callee);
  return {
    file,
    at: row,
    fn,
    severity: "high",
    message: `The row of \`${path}\` is rolled back with what it tells of.`,
    because: "it is written in the transaction that the next step undoes",
    gain: "Attempts that fail leave no record: whoever is refused can try for ever.",
    flow: [{ file, span: by, note: "rolls the transaction back" }],
    instead: "Write the row outside of the transaction, or in one of its own.",
    key: `rollback:${path}`,
  };
}

function ofLateRecord({ line, deed, between }: LateRecord): Issue {
  const [done, sent] = [pathOf(deed.callee), pathOf(between.callee)];
  return {
    file: line.file,
    at: line.call,
    fn: line.fn,
    severity: "low",
    message: `Where \`${sent}\` fails, \`${done}\` is done and not recorded.`,
    because: "the line stands behind a call to the outside that may throw",
    gain: "What was done leaves no record whenever the mail server, queue or web hook is down.",
    flow: [
      { file: line.file, span: deed, note: `${done}() does it` },
      { file: line.file, span: between, note: `${sent}() may throw` },
    ],
    instead: `Write the line right after \`${done}\`.`,
    key: `late:${done}:${sent}`,
  };
}
