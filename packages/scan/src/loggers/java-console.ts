import { stringOf } from "../frameworks/reading.ts";
import type { Expr } from "../ir/nodes.ts";
import { concatenated } from "./jvm-write.ts";
import type { Level, Logger } from "./logger.ts";

/** The standard streams: lines without level or structure. */
const STREAMS: ReadonlyMap<string, "info" | "error"> = new Map([
  ["System.out", "info"],
  ["System.err", "error"],
]);
const PRINTS: ReadonlySet<string> = new Set(["println", "printf", "print", "format"]);

export const javaConsole: Logger = {
  id: "java-console",
  title: "System.out and System.err",
  docs: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/System.html",
  languages: ["java", "kotlin"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 90,
  record: ({ call, method, receiver }) => {
    const level = STREAMS.get(receiver.join("."));
    if (level === undefined || !PRINTS.has(method) || call.args.length === 0) return undefined;
    return { level: levelWritten(call.args[0]) ?? level, says: call.args, unstructured: true };
  },
  write: (line) =>
    line.level === "warn"
      ? `System.err.println("WARN " + ${concatenated(line)})`
      : `System.${line.level === "info" ? "out" : "err"}.println(${concatenated(line)})`,
};

/** A line may begin with its level. */
export function levelWritten(expr: Expr | undefined): Level | undefined {
  const first = expr?.kind === "template" ? expr.parts[0] : stringOf(expr);
  return typeof first === "string" && /^\W*(?:WARN(?:ING)?|ERROR)\b/.test(first)
    ? /WARN/.test(first.slice(0, 12))
      ? "warn"
      : "error"
    : undefined;
}
