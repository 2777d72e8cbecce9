import type { Origin } from "../content/flow/origin.ts";
import type { LogLine } from "../content/lines.ts";
import { exposureReaders, type Exposure } from "../content/setup/exposures/index.ts";
import { ROWS } from "../content/setup/exposures/exposure.ts";
import { unfilteredApplications } from "../content/setup/exposures/unfiltered.ts";
import { setupView } from "../content/setup/index.ts";
import type { FileIR } from "../ir/nodes.ts";
import type { Site } from "../outcomes/way.ts";
import type { ContentRule, Issue, Scene } from "./scene.ts";

/** A logger that is set up to write whole requests or rows, or is given them, and redacts nothing. */
export const unprotectedLogger: ContentRule = {
  id: "unprotected-logger",
  mayHold: new RegExp(
    [
      ...exposureReaders.map(({ mayHold }) => mayHold.source),
      "Rails::Application",
      String.raw`\b[lL]og(?:ger)?\.\w+\([^;]{0,160}\b(?:req|request)\b`,
    ].join("|"),
  ),
  check: (scene) => [
    ...scene.files.flatMap(exposuresOf),
    ...unfilteredApplications(scene.project, scene.files).map(({ file, exposure }) => issueOf(file, exposure)),
    ...givenRequests(scene),
  ],
};

function exposuresOf(file: FileIR): readonly Issue[] {
  const readers = exposureReaders.filter(({ languages, mayHold }) => languages.includes(file.language) && mayHold.test(file.text));
  if (readers.length === 0) return [];
  const view = setupView(file);
  return readers.flatMap(({ read }) => read(view).map((one) => issueOf(file, one)));
}

function issueOf(file: FileIR, { start, end, fn, writes, because, instead, name }: Exposure): Issue {
  return {
    file,
    at: { start, end },
    fn,
    severity: writes === ROWS ? "medium" : "high",
    message: `\`${name}\` is set up to write ${writes}.`,
    because,
    gain: GAIN,
    instead,
    key: name,
  };
}

const GAIN = "Whoever reads the log can take over the sessions and accounts whose secrets stand in it.";

/** Loggers of which nothing is known to redact, and a line that gives them a request. */
function givenRequests(scene: Scene): readonly Issue[] {
  const seen = new Set<string>();
  return scene.files.flatMap((file) =>
    scene.lines(file).flatMap((line) => {
      const given = requestIn(scene, line);
      if (given === undefined) return [];
      const { at, redacts } = scene.setupOf(line);
      if (at === undefined || redacts !== false) return [];
      const key = `${at.file.path}:${at.span.start}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [givenIssue(line, given, at)];
    }),
  );
}

/** A whole request, its headers or its body, as a field of a line. */
function requestIn(scene: Scene, line: LogLine): Origin | undefined {
  const { fields } = line.fact;
  if (fields === undefined || !LIBRARIES.has(line.logger.id)) return undefined;
  return scene.trace(fields, { file: line.file, fn: line.fn }).find(({ of, path, spliced, effects, only }) => {
    return of !== undefined && !spliced && only === undefined && effects.every((one) => one === "keeps") && WHOLE_REQUEST.test(path);
  });
}

/** Libraries that write fields, and by themselves redact none of them. */
const LIBRARIES: ReadonlySet<string> = new Set(["pino", "winston", "bunyan", "generic"]);
const WHOLE_REQUEST = /^(?:ctx\.)?(?:req|request)(?:\.(?:headers|rawHeaders|body))?$/;

function givenIssue(line: LogLine, { path, steps }: Origin, at: Site): Issue {
  const place = { file: line.file, span: line.call, note: `\`${path}\` is given to the logger` };
  return {
    file: at.file,
    at: at.span,
    fn: null,
    severity: "high",
    message: `The logger that is made here redacts nothing and is given \`${path}\` whole.`,
    because: `\`${line.view.path}\` in ${line.file.path} writes it as a field.`,
    gain: GAIN,
    flow: [...steps, place],
    instead: REDACT[line.logger.id] ?? REDACT["pino"]!,
    key: "given",
  };
}

const REDACT: Readonly<Record<string, string>> = {
  pino: 'pino({ redact: ["*.headers.authorization", "*.headers.cookie", "*.body.password"] })',
  bunyan: "bunyan.createLogger({ name, serializers: { req: ({ method, url }) => ({ method, url }) } })",
  winston: "format: winston.format.combine(redactSecrets(), winston.format.json())",
};
