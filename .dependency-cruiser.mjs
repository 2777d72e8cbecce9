/**
 * Import boundaries: `npm run boundaries`. Data flows one way: text → IR → handlers → outcomes → findings → report.
 * Each room of packages/scan/src lists what it may import; everything else of the scanner is closed to it.
 * Tests and their harnesses may look anywhere below the command.
 *
 * Sources are read with swc: dependency-cruiser needs the compiler API of TypeScript 6 or older, which TypeScript 7 no
 * longer has. swc does not tell `import type` from `import`, so a type counts as an import here, and files that hold the
 * types of a room (`framework.ts`, `logger.ts`, `language.ts`, `result.ts`) are named.
 */
const SRC = "^packages/scan/src/";
const TESTS = String.raw`\.test\.ts$|/harness/`;

/** A room and the files of the scanner that it may import beside its own, as patterns after `packages/scan/src/`. */
const ROOMS = [
  {
    room: "languages",
    may: ["ir/"],
    advice:
      "A language turns text into IR and knows nothing of what is read out of it. Say it in the IR, and read it in frameworks/, loggers/ or outcomes/.",
  },
  {
    room: "frameworks",
    may: ["ir/"],
    advice:
      "A framework file reads the IR through FileView. What it needs of the project belongs into ProjectFacts (frameworks/framework.ts).",
  },
  {
    room: "loggers",
    may: ["ir/", String.raw`frameworks/(reading|framework)\.ts$`, String.raw`actions/words\.ts$`],
    advice: "A logger file reads one call through CallView. What it needs of the file around it belongs into CallView (loggers/logger.ts).",
  },
  {
    room: "actions",
    may: [String.raw`frameworks/framework\.ts$`, String.raw`report/result\.ts$`],
    advice: "Naming an action weighs words and evidence only. Hand in what it needs as an argument.",
  },
  {
    room: "project",
    may: ["ir/", "config/", String.raw`languages/language\.ts$`, String.raw`frameworks/framework\.ts$`, String.raw`report/result\.ts$`],
    advice: "The project knows files, manifests and imports. It is handed the languages; it does not choose them, and it judges nothing.",
  },
  {
    room: "cache",
    may: ["project/", String.raw`contract\.ts$`, String.raw`report/result\.ts$`],
    advice: "The cache keeps what a scan gave and knows nothing of how it came about. What a result depends on belongs into its key.",
  },
  {
    room: "outcomes",
    may: ["ir/", "actions/", "project/", "config/", "loggers/", String.raw`languages/language\.ts$`, String.raw`frameworks/framework\.ts$`],
    advice:
      "A walk follows code and judges nothing. What a framework knows reaches it through WalkFacts (facts.ts); a verdict is made in judge/.",
  },
  {
    room: "handlers",
    may: [
      "ir/",
      "project/",
      String.raw`frameworks/(framework|enabled)\.ts$`,
      String.raw`outcomes/walk\.ts$`,
      String.raw`contract\.ts$`,
      String.raw`report/result\.ts$`,
    ],
    advice: "Handlers are found before they are judged. What needs a verdict belongs into judge/.",
  },
  {
    room: "content",
    may: [
      "ir/",
      "actions/",
      "loggers/",
      "outcomes/",
      "project/",
      String.raw`languages/language\.ts$`,
      String.raw`config/config\.ts$`,
      String.raw`frameworks/(framework|reading)\.ts$`,
      String.raw`report/result\.ts$`,
    ],
    advice: "What lines and answers say, and where it comes from: facts that rules ask for. What is wrong about them is said in rules/.",
  },
  {
    room: "rules",
    may: [
      "ir/",
      "actions/",
      "judge/",
      "content/",
      "loggers/",
      "outcomes/",
      "project/",
      String.raw`config/config\.ts$`,
      String.raw`frameworks/framework\.ts$`,
      String.raw`report/result\.ts$`,
    ],
    advice:
      "A rule reads judged handlers, or what content/ says of a file. What several rules need belongs there; how it is shown, into report/.",
  },
  {
    room: "judge",
    may: [
      "ir/",
      "actions/",
      "outcomes/",
      "rules/",
      "handlers/",
      "config/",
      "loggers/",
      "project/",
      "content/record/",
      String.raw`frameworks/framework\.ts$`,
      String.raw`report/result\.ts$`,
    ],
    advice: "Judging gives plain data (report/result.ts). How it looks is for report/, what is accepted for settle/.",
  },
  {
    room: "settle",
    may: ["config/", String.raw`(errors|nearest|contract)\.ts$`, String.raw`report/result\.ts$`, String.raw`rules/catalogue\.ts$`],
    advice: "Settling takes findings away by comments, baseline and change. It does not judge, and it does not print.",
  },
  {
    room: "report",
    may: [String.raw`rules/catalogue\.ts$`, String.raw`settle/severity\.ts$`],
    advice: "A report renders a Result and nothing else. What it misses belongs into report/result.ts, filled by judge/.",
  },
  {
    room: "config",
    may: [
      String.raw`(errors|nearest)\.ts$`,
      String.raw`loggers/logger\.ts$`,
      String.raw`report/result\.ts$`,
      String.raw`rules/catalogue\.ts$`,
      String.raw`settle/severity\.ts$`,
    ],
    advice: "The config is read before anything else. It may name ids and levels, and nothing that works.",
  },
];

const LOG = "^packages/log/src/";
/** Types that every room of the logger speaks. */
const WORDS = String.raw`(record|contract|errors|checks)\.ts$`;

/** The rooms of the run-time logger: context → record → redaction → format → sink. */
const LOG_ROOMS = [
  {
    room: "context",
    may: [WORDS, String.raw`actor\.ts$`],
    advice: "The context knows requests and nothing of records. What a record takes from it is read in recorder.ts.",
  },
  {
    room: "adapters",
    may: [WORDS, "context/"],
    advice: "An adapter tells the context what its framework knows, through ContextSource. It imports no framework and records nothing.",
  },
  {
    room: "events",
    may: [WORDS, String.raw`(actor|warnings)\.ts$`],
    advice: "Reading a call knows neither requests nor outputs. Hand in what it needs as an argument.",
  },
  {
    room: "redact",
    may: [WORDS],
    advice: "Redaction takes any value and knows nothing of where it came from or goes to. Names and patterns stand in the vocabulary.",
  },
  {
    room: "formats",
    may: [WORDS],
    advice: "A format writes a SafeRecord as one line and knows neither sinks nor chains beyond the Seal it is given.",
  },
  {
    room: "evidence",
    may: [WORDS, "formats/"],
    advice: "A chain reads lines through their Format. How lines reach the disk is for sinks/.",
  },
  {
    room: "sinks",
    may: [WORDS, "evidence/"],
    advice: "A sink takes finished lines. What they say is decided before.",
  },
  {
    room: "interop",
    may: [WORDS, "context/", "formats/", "redact/"],
    advice: "Interop puts the redactor in front of other loggers, or hands records to them. Nothing here opens files.",
  },
];

const DETECT = "^packages/detect/src/";
/** Types that every room of the detector speaks. */
const SPOKEN = String.raw`(event|fields|rule-ir|alert|contract|errors)\.ts$`;

/** The rooms of the detector: source → format → event → engine → alert → output. */
const DETECT_ROOMS = [
  {
    room: "sigma",
    advice: "Sigma's spelling ends here: a rule leaves as rule IR. What it means is for docs/semantics.md and engine/.",
  },
  { room: "match", advice: "Matching looks at one event. What needs earlier ones belongs into engine/." },
  { room: "engine", may: ["match/"], advice: "An engine takes rule IR and events, and reads neither files nor clocks." },
  { room: "formats", advice: "A format reads one line and knows neither where it came from nor what is looked for." },
  { room: "geo", advice: "Places of addresses, and nothing else." },
  { room: "sources", advice: "A source gives lines. What they say is read in formats/." },
  { room: "store", advice: "The store keeps alerts. How they look and where they go is for outputs/." },
  { room: "outputs", may: ["store/"], advice: "An output shows or delivers alerts. It judges nothing." },
  { room: "simulate", advice: "Truth comes from the simulator alone: it may not look at rules or engine." },
  {
    room: "pipeline",
    may: ["engine/", "formats/", "sources/", "store/", "outputs/"],
    advice: "The pipeline joins the rooms. Nothing below may know it.",
  },
];

const FIX = "^packages/fix/src/";

/** The rooms of the fixer: finding → place → text → proof → disk. */
const FIX_ROOMS = [
  { room: "style", may: [], advice: "How a file is written, read from its text and its formatter's settings. It knows no edits." },
  {
    room: "places",
    may: [String.raw`contract\.ts$`],
    advice: "Where a statement can stand, for any language. How it is written there is for languages/.",
  },
  {
    room: "imports",
    may: ["style/", String.raw`contract\.ts$`],
    advice: "Where a name comes from. How an import is written is for languages/.",
  },
  {
    room: "languages",
    may: ["style/", "places/", "imports/", String.raw`contract\.ts$`],
    advice: "A language puts a line into its text, and knows neither findings nor rules. What the line says is decided in fixes/.",
  },
  {
    room: "shapes",
    may: ["style/", "places/", "languages/", String.raw`(contract|apply/texts)\.ts$`],
    advice: "How handlers bear their records on the outside, and how another gets the same. Which outcome wants it is for fixes/.",
  },
  {
    room: "fixes",
    may: ["style/", "places/", "imports/", "languages/", "shapes/", String.raw`(contract|apply/texts)\.ts$`],
    advice: "A fix turns findings into edits. Whether they hold is for prove/.",
  },
  { room: "apply", may: [String.raw`contract\.ts$`], advice: "Edits become texts, and texts files. Nothing here knows what they are for." },
  { room: "prove", may: ["apply/", "languages/", String.raw`contract\.ts$`], advice: "A proof looks at texts and scans, in memory." },
  {
    room: "init",
    may: ["apply/", "style/", "places/", String.raw`(contract|plan|repair)\.ts$`],
    advice: "What sets a project up is written here, and knows no findings.",
  },
];

/** Rules for the rooms below `src`: each may import itself and what its row names. */
function roomRules(prefix, src, rows) {
  return rows.map(({ room, may, advice }) => ({
    name: `${prefix}-${room}`,
    comment: advice,
    severity: "error",
    from: { path: `${src}${room}/`, pathNot: TESTS },
    to: { path: src, pathNot: [room + "/", ...may].map((one) => src + one) },
  }));
}

const rooms = [
  ...roomRules("room", SRC, ROOMS),
  ...roomRules("log", LOG, LOG_ROOMS),
  ...roomRules(
    "detect",
    DETECT,
    DETECT_ROOMS.map((row) => ({ ...row, may: [SPOKEN, ...(row.may ?? [])] })),
  ),
  ...roomRules("fix", FIX, FIX_ROOMS),
];

export default {
  forbidden: [
    ...rooms,
    {
      name: "ir-stands-alone",
      comment:
        "The IR is what all the others speak, and knows none of them, no package and no part of Node.js. Move what you need into ir/, or the code that needs more out of it.",
      severity: "error",
      from: { path: `${SRC}ir/`, pathNot: TESTS },
      to: { pathNot: `${SRC}ir/` },
    },
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file or three: move what both need into a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "command-is-last",
      comment: "The command only reads arguments, shows progress and exits. Nothing may build on it: move the code into @telltale/scan.",
      severity: "error",
      from: { pathNot: "^packages/cli/" },
      to: { path: "^packages/cli/" },
    },
    {
      name: "front-door",
      comment: "Another package is used by its name, as a user would: export what you need from its index.ts. Tests may share a harness.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: {
        path: "^packages/[^/]+/",
        pathNot: [String.raw`^packages/$1/`, String.raw`^packages/[^/]+/src/(index|analysis)\.ts$`, "/harness/"],
      },
    },
    {
      name: "vocabulary-stands-alone",
      comment: "The vocabulary is data and types without a dependency, so that anything can use it.",
      severity: "error",
      from: { path: "^packages/vocabulary/src/", pathNot: TESTS },
      to: { pathNot: "^packages/vocabulary/src/" },
    },
    {
      name: "disk",
      comment:
        "Only project/ reads the disk; the command and cache/ write it; a language may load its grammar in parse.ts; of the logger, sinks/ and evidence/; of the detector, what reads logs and rules or keeps state. Take the text from the project.",
      severity: "error",
      from: {
        path: "^packages/[^/]+/src/",
        pathNot: [
          "^packages/cli/",
          `${SRC}project/`,
          `${SRC}cache/`,
          String.raw`${SRC}languages/[^/]+/parse\.ts$`,
          `${LOG}(sinks|evidence)/`,
          `${DETECT}(sources|store|outputs|geo)/`,
          `${FIX}(style|apply|init)/`,
          String.raw`${DETECT}(pack|sigma/files|pipeline/checkpoint)\.ts$`,
          TESTS,
        ],
      },
      to: { path: "^(node:)?(fs|fs/promises|child_process)$" },
    },
    {
      name: "no-network",
      comment:
        "A scan sends nothing anywhere, and a logger writes where it is told. Of the network, its rooms read only what an address or a verb is. The detector listens in sources/ and delivers in outputs/.",
      severity: "error",
      from: {
        path: "^packages/[^/]+/src/",
        pathNot: [`${LOG}(context|events|formats|redact)/`, `${DETECT}(sources|outputs|formats|match|geo|simulate)/`, TESTS],
      },
      to: { path: "^(node:)?(http|https|http2|net|tls|dgram|dns)(/|$)" },
    },
    {
      name: "declared",
      comment: "A package that is imported stands in dependencies of the package that imports it.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: TESTS },
      to: {
        pathNot: "^packages/",
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown", "undetermined"],
        dependencyTypesNot: ["npm-peer"],
      },
    },
    {
      name: "resolvable",
      comment: "The import means no file: check its path, with the ending .ts.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    // Fixtures and battery programs are scanned, not run.
    exclude: { path: "(^|/)(dist|battery|fixtures)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["telltale-source", "import", "node", "default"],
      mainFields: ["module", "main"],
    },
  },
};
