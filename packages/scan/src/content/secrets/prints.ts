import type { CallExpr, FileIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import { callView } from "../../loggers/call-view.ts";
import { generic } from "../../loggers/generic.ts";
import type { LogLine } from "../lines.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * What writes to the standard output or error of a process, by language of the IR. Not a record of anything for the rules that ask for
 * one, but what is printed by a service ends in its log all the same (https://12factor.net/logs).
 */
const PRINTS: Readonly<Record<string, ReadonlySet<string>>> = {
  python: words("print pprint pprint.pprint sys.stdout.write sys.stderr.write"),
  ruby: words("puts p pp print warn $stdout.puts $stderr.puts STDOUT.puts STDERR.puts"),
  go: words("fmt.Println fmt.Printf fmt.Print println print"),
  elixir: words("IO.puts IO.inspect IO.write"),
  php: words("error_log syslog"),
  rust: words("print! eprint! println! eprintln! dbg!"),
  java: words("System.out.println System.out.print System.out.printf System.err.println System.err.printf System.err.print"),
  kotlin: words("println print"),
  csharp: words("Console.WriteLine Console.Write Debug.WriteLine Trace.WriteLine Console.Error.WriteLine"),
};

/** The lines that a file prints, beside those that are known as log lines. */
export function printsIn(file: FileIR, known: readonly LogLine[]): readonly LogLine[] {
  const prints = PRINTS[file.language];
  if (prints === undefined) return [];
  const seen = new Set<CallExpr>(known.map((line) => line.call));
  const lines: LogLine[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call" || expr.creates === true || seen.has(expr)) return;
      const view = callView(expr, () => "");
      if (!prints.has(view.path)) return;
      lines.push({
        file,
        fn: scope,
        container,
        call: expr,
        view,
        logger: generic,
        fact: { level: "info", says: expr.args, unstructured: true },
      });
    });
  }
  return lines;
}
