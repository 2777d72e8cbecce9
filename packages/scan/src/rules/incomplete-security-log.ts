import { actions, type ActionName, type DetailName } from "@telltale/vocabulary";
import { isUnderway, mayTellOf, REFUSALS, tellsOf } from "../content/record/about.ts";
import { lackingIn, VITAL, type Lacking } from "../content/record/lacking.ts";
import { saidBy } from "../content/record/said.ts";
import { createRequestIds } from "../content/record/request-ids.ts";
import { createSurroundings } from "../content/record/surroundings.ts";
import { createCompletion, type Completion } from "../judge/completion.ts";
import type { Judged } from "../judge/handler.ts";
import { actsOnOther, knowsPerson } from "../judge/persons.ts";
import type { Outcome } from "../judge/verdict.ts";
import { toneOf } from "../outcomes/thrown.ts";
import { polarityOf } from "../outcomes/topics.ts";
import type { Record } from "../outcomes/way.ts";
import { gainOf, messageOf, reasonOf } from "./incomplete-text.ts";
import type { ContentRule, Issue } from "./scene.ts";

type Around = ReturnType<typeof createSurroundings>;

/** A record of an outcome, and what it lacks. */
interface Poor {
  readonly record: Record;
  readonly judged: Judged;
  readonly action: ActionName;
  readonly kind: Outcome["kind"];
  readonly lacking: Lacking;
}

/** Of every recorded outcome the record that says most. A line that records several outcomes lacks what it lacks for all of them. */
export const incompleteSecurityLog: ContentRule = {
  id: "incomplete-security-log",
  mayHold: null,
  check: ({ judged, project, loggersFor, spelling }) => {
    const around = createSurroundings(project);
    const complete = createCompletion(project, loggersFor, spelling);
    const hasRequestIds = createRequestIds(project);
    const bySite = new Map<string, Poor>();
    for (const one of judged) {
      for (const outcome of one.outcomes) {
        const poor = bestOf(one, outcome, around);
        if (poor === undefined) continue;
        const key = `${poor.record.file.path}:${poor.record.span.start}`;
        const known = bySite.get(key);
        bySite.set(key, known === undefined ? poor : { ...known, lacking: common(known.lacking, poor.lacking) });
      }
    }
    return [...bySite.values()].flatMap((poor) => {
      const completion = isPoor(poor.lacking) ? complete(poor.record, poor.judged, poor.kind, poor.lacking.details) : undefined;
      const lacking = askable(poor.lacking, completion, hasRequestIds);
      return isPoor(lacking) ? [issueOf({ ...poor, lacking }, completion)] : [];
    });
  },
};

/** What only a request knows, and a line without one can not say: whoever reads them together has the handler's own lines for it. */
const OF_REQUEST: ReadonlySet<DetailName> = new Set<DetailName>(["source IP", "request ID"]);

/** What can be had where the record is written, and may be shown there. */
function askable({ details, plain }: Lacking, completion: Completion | undefined, hasRequestIds: () => boolean): Lacking {
  const can = (detail: DetailName): boolean => {
    if (completion?.hidden.includes(detail)) return false;
    if (!OF_REQUEST.has(detail)) return true;
    return completion?.missing.includes(detail) !== true && (detail !== "request ID" || hasRequestIds());
  };
  return { details: details.filter(can), plain };
}

const isPoor = ({ details, plain }: Lacking): boolean => plain || details.length > 0;

function common(a: Lacking, b: Lacking): Lacking {
  return { details: a.details.filter((detail) => b.details.includes(detail)), plain: a.plain && b.plain };
}

/** Undefined where no record tells of the outcome, or where one may say all that is asked. */
function bestOf(judged: Judged, outcome: Outcome, around: Around): Poor | undefined {
  const { action } = judged.naming;
  if (action === "none" || outcome.recorded !== true) return undefined;
  const { kind } = outcome;
  const onOther = actsOnOther(judged);
  let best: Poor | undefined;
  for (const record of outcome.records) {
    if (record.by === "audit" ? !mayTellOf(record, kind) : !tellsOf(record, action, kind)) continue;
    const lacking = lackingIn(record, {
      action,
      kind,
      onOther,
      around: around(record.file.language),
      knowsActor: kind === "success" || knowsPerson(record),
    });
    if (lacking === undefined) return undefined;
    if (best === undefined || weight(lacking) < weight(best.lacking)) best = { record, judged, action, kind, lacking };
  }
  if (best !== undefined && announces(best.record) && judged.outcomes.some((one) => one.records.some(ends(action, one.kind))))
    return undefined;
  return best ?? unwritten(judged, outcome, action);
}

/** A line that something begins. Where another line says how it ended, that one is the record. */
const announces = (record: Record): boolean => record.by === "log" && polarityOf(record) !== "failure" && isUnderway(saidBy(record).own);
const ends =
  (action: ActionName, kind: Outcome["kind"]) =>
  (record: Record): boolean =>
    record.by === "log" && !announces(record) && tellsOf(record, action, kind);

/** A failure that leaves no more than the error that the framework logs. */
function unwritten(judged: Judged, { kind, records, main }: Outcome, action: ActionName): Poor | undefined {
  const [record] = records;
  if (record === undefined || !main || !action.startsWith("authn_") || records.some(({ by }) => by !== "framework")) return undefined;
  const details: DetailName[] = ["event", "actor", "source IP", "request ID"];
  return REFUSALS.has(toneOf(record.texts)) ? { record, judged, action, kind, lacking: { details, plain: false } } : undefined;
}

const weight = ({ details, plain }: Lacking): number => details.length + (plain ? 1 : 0);

function issueOf({ record, judged, action, kind, lacking }: Poor, completion: Completion | undefined): Issue {
  const isVital = lacking.plain || lacking.details.some((detail) => VITAL.has(detail));
  return {
    file: record.file,
    at: record.span,
    fn: record.written?.file === record.file ? record.written.fn : null,
    severity: isVital ? "medium" : "low",
    message: messageOf(actions[action], kind, lacking, record.by === "framework"),
    because: reasonOf(record, lacking),
    gain: gainOf(lacking),
    ...(completion === undefined ? {} : { instead: completion.line }),
    key: `${action}:${kind}:${record.texts[0] ?? ""}`,
    data: { lacks: lacking.details },
    judged,
    action,
  };
}
