/**
 * The suites. Each: `id` (its folder), `title`, `tool` (whose tests they are; none for Juliet), where it comes from, and
 * `cases(root)`: lists of files that belong together with what is expected of them,
 * `{ base, cwe, language, files: [{ path, text }], expected: [{ file, line, endLine, wanted, own, at? }] }`.
 *
 * `wanted`: the suite calls the line wrong. `own`: the suite's own tool reports it (undefined: no tool). `at: "source"`: the line
 * is where a value comes from, and a finding that names it as a step of its flow counts too. All other lines are right.
 */
import { bearer } from "./bearer.mjs";
import { codeql } from "./codeql.mjs";
import { findSecBugs } from "./find-sec-bugs.mjs";
import { gosec } from "./gosec.mjs";
import { roslyn } from "./roslyn.mjs";
import { juliet, julietCSharp } from "./juliet.mjs";
import { njsscan, semgrep } from "./semgrep.mjs";
import { skims } from "./skims.mjs";

export const suites = [codeql, semgrep, bearer, findSecBugs, gosec, njsscan, skims, roslyn, juliet, julietCSharp];
