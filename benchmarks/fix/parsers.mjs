/** Whether files parse, asked of the parser that each language's own tools have, where it is on this machine. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { parseSync } from "@swc/core";

/** Where `javac` puts what it makes of a file that needs no other. */
const CLASSES = mkdtempSync(join(tmpdir(), "telltale-classes-"));
process.on("exit", () => rmSync(CLASSES, { recursive: true, force: true }));

/** The command that fails where a file does not parse; it gets the text as its input too. */
const COMMANDS = {
  ".py": () => ["python3", "-c", "import ast, sys; ast.parse(sys.stdin.buffer.read())"],
  ".rb": () => ["ruby", "-c"],
  ".php": (file) => ["php", "-l", file],
  ".go": () => ["gofmt", "-e"],
  // From its input, or it would look for the files of the modules that are named.
  ".rs": () => ["rustfmt", "--edition", "2021"],
  ".ex": () => ["elixir", "-e", "{:ok, _} = Code.string_to_quoted(IO.read(:stdio, :all))"],
  ".java": (file) => ["javac", "-proc:none", "-implicit:none", "-d", CLASSES, file],
};
/** Errors of `javac` about names stem from a file alone; only these are of its form. */
const FORM = /error: (?:.* expected|illegal start|reached end of file|not a statement|unclosed|class, interface)/;
const SCRIPT = /^\.[cm]?[jt]sx?$/;

/** The files that parsed in `folder` and do not in `copy`. */
export function unparsableOf(files, folder, copy) {
  return files.filter((file) => !parses(join(copy, file)) && parses(join(folder, file)));
}

/** Also `true` where nothing here can tell: {@link isJudged} says where that is. */
function parses(path) {
  const ending = extname(path);
  if (SCRIPT.test(ending)) return parsesAsScript(path, ending);
  const command = COMMANDS[ending === ".exs" ? ".ex" : ending]?.(path);
  if (command === undefined) return true;
  const { status, error, stderr } = spawnSync(command[0], command.slice(1), {
    encoding: "utf8",
    input: readFileSync(path),
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) return true;
  return ending === ".java" ? !FORM.test(stderr) : status === 0;
}

function parsesAsScript(path, ending) {
  const text = readFileSync(path, "utf8");
  const typed = /ts/.test(ending);
  try {
    parseSync(
      text,
      typed ? { syntax: "typescript", tsx: ending === ".tsx", decorators: true } : { syntax: "ecmascript", jsx: true, decorators: true },
    );
    return true;
  } catch {
    return false;
  }
}

/** Whether a tool of the language itself judges such files here. */
export function isJudged(file) {
  const ending = extname(file) === ".exs" ? ".ex" : extname(file);
  return SCRIPT.test(ending) || (COMMANDS[ending] !== undefined && isThere(COMMANDS[ending]("")[0]));
}

const isThere = (program) => spawnSync("bash", ["-c", `command -v ${program}`]).status === 0;
