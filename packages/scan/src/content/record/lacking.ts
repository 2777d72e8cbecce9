import { actions, detailRoles, events, type ActionName, type DetailName } from "@telltale/vocabulary";
import { toneOf } from "../../outcomes/thrown.ts";
import { eventOf, polarityOf } from "../../outcomes/topics.ts";
import type { Record } from "../../outcomes/way.ts";
import { isUnderway } from "./about.ts";
import { detailsNamed, snake } from "./names.ts";
import { saidBy, type Said, type Shown } from "./said.ts";

/** What is asked of a record, and what is known of where it is written. */
export interface Wanted {
  readonly action: ActionName;
  readonly kind: "success" | "failure";
  /** The handler acts on somebody or something that its caller names. */
  readonly onOther: boolean;
  /** Somebody is known who could be named. */
  readonly knowsActor: boolean;
  /** What every line of the project says. */
  readonly around: ReadonlySet<DetailName>;
}

/** What a record lacks, in the order of the vocabulary; `plain`: it is one text, without an event name or fields. */
export interface Lacking {
  readonly details: readonly DetailName[];
  readonly plain: boolean;
}

/** The severity of a record turns on these: without them nobody can say what was done, by whom and to what. */
export const VITAL: ReadonlySet<DetailName> = new Set<DetailName>(["event", "actor", "target", "outcome"]);

/** Undefined where the record may say more than can be seen. */
export function lackingIn(record: Record, wanted: Wanted): Lacking | undefined {
  const said = saidBy(record);
  if (said.open) return undefined;
  const has = new Set<DetailName>([...(record.gives ?? []), ...wanted.around, ...(said.bound ? BOUND : [])]);
  for (const one of said.shown) for (const detail of detailsOfShown(one)) if (detail !== "actor" && detail !== "target") has.add(detail);
  for (const detail of whoAndWhom(said, wanted)) has.add(detail);
  if (namesEvent(record, said)) has.add("event");
  if (saysOutcome(record, said)) has.add("outcome");
  if (wanted.kind === "success" || saysWhy(`${said.text} ${said.event ?? ""}`) || eventOf(record) === "authz_fail") has.add("reason");
  if (!wanted.knowsActor) has.add("actor");
  const plain = !said.structured && eventOf(record) === undefined;
  const asked = ASKED.filter((detail) => !(plain && detail === "event") && (detail !== "target" || asksTarget(wanted)));
  return { details: asked.filter((detail) => !has.has(detail)), plain };
}

/** What a logger that was made for the request may add. */
const BOUND: readonly DetailName[] = ["actor", "source IP", "user agent", "request ID"];

/** The user agent is welcome, and nothing turns on it. */
const ASKED: readonly DetailName[] = ["event", "actor", "target", "outcome", "reason", "source IP", "request ID"];

/** Whole requests, from which a logger takes address and ID: `log.info({ req })`. */
const REQUESTS = /^_?(?:req|request|conn|ctx|context|http_?request|socket)$/i;

/** What a value that a record shows is for. */
export function detailsOfShown({ name, path, expr }: Shown): readonly DetailName[] {
  if (expr?.kind === "name" && REQUESTS.test(expr.name)) return ["source IP", "request ID"];
  return [...detailsNamed(name), ...detailsNamed(path.split(".").slice(-2).join("."))];
}

/** What a value is read from where it is about who asks, not about whom they ask for. */
const CALLER =
  /(?:^|_)(?:current|auth|authenticated|session|principal|identity|me|actor|viewer|by|operator|admin|whodunnit|causer|caller|acting|logged|requester|performer|initiator|assigns|locals|g|req_user|request_user|ctx_user|context_user)(?:_|$)/;

/** Names of things that somebody acts on. */
const THING =
  /(?:^|_)(?:id|ids|uuid|guid|slug|key|name|names|file|filename|title|code|type|kind|domain|prefix|group|team|project|organi[sz]ation|org|workspace|host|table|device|session|provider|policy)(?:_|$)/;

const holds = ({ name, path }: Shown, detail: DetailName): boolean =>
  detailsNamed(name).includes(detail) || detailsNamed(path).includes(detail);
const fits = ({ name, path }: Shown, words: RegExp): boolean => words.test(snake(name)) || words.test(snake(path));
const isPerson = (one: Shown): boolean => holds(one, "actor");
const isThing = (one: Shown): boolean => holds(one, "target") || (!isPerson(one) && (fits(one, THING) || isOther(one)));

/** A value of which the name says nothing may be what was acted on; a number of things is not. */
const COUNT =
  /(?:^|_)(?:count|length|total|size|len|index|batch|number|num|amount|duration|limit|deps|rows|older_than|than|date|time|steps|attempts?)(?:_|$)/;
const isOther = (one: Shown): boolean =>
  one.keyed !== true && one.expr !== undefined && detailsOfShown(one).length === 0 && !fits(one, COUNT) && one.expr.kind !== "call";

/**
 * Who acted and on whom. One account is the one that acts where the action is about oneself, and the one acted on where the caller
 * of the handler names somebody else; two are both.
 */
function whoAndWhom({ shown }: Said, { action, onOther }: Wanted): readonly DetailName[] {
  const people = shown.filter(isPerson);
  const thing = shown.some(isThing);
  const count = new Set(people.filter(({ path }) => path !== "").map(personIn)).size;
  if (people.length === 0) return thing ? ["target"] : [];
  const isOwn = !onOther || !ON_PEOPLE.has(action);
  if (count > 1 || (isOwn && (thing || ON_PEOPLE.has(action)))) return ["actor", "target"];
  if (isOwn) return ["actor"];
  if (people.some((one) => fits(one, CALLER))) return thing ? ["actor", "target"] : ["actor"];
  return ["target"];
}

/** `user` of `user.id` and `user.email`: two values of one person. */
function personIn({ path }: Shown): string {
  return path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : path;
}

/** Actions on the account of somebody. */
export const ON_PEOPLE: ReadonlySet<ActionName> = new Set<ActionName>([
  "user_created",
  "user_deleted",
  "user_updated",
  "user_suspended",
  "authz_change",
]);

/** Whether the event of the action has a target; a setting is named by the message about it, a resource by the handler that it is in. */
function asksTarget({ action, kind }: Wanted): boolean {
  // What was refused is what the handler does.
  if (kind === "failure") return false;
  const event = actions[action].success;
  return (
    event !== null &&
    Object.keys(events[event].details).some((detail) => {
      const role = detailRoles[detail];
      return role?.is === "target" && role.type !== "setting";
    })
  );
}

/** A name, or a message that is the same every time: either can be searched for. */
function namesEvent(record: Record, { shown, text, constant, structured }: Said): boolean {
  if (eventOf(record) !== undefined || shown.some(({ name }) => detailsNamed(name).includes("event"))) return true;
  return (
    record.texts.some((one) => /^[A-Za-z]\w*(?:[.:-]\w+)*$/.test(one) && /[._:-]/.test(one)) || (structured && constant && text !== "")
  );
}

function saysOutcome(record: Record, { shown, text }: Said): boolean {
  if (shown.some(({ name }) => detailsNamed(name).includes("outcome"))) return true;
  if (eventOf(record) !== undefined || record.by === "audit") return true;
  if (text.trim() === "") return false;
  return polarityOf(record) === "failure" || !isUnderway(text);
}

/** Words of a message that say why. */
const WHY =
  /\b(?:invalid|incorrect|wrong|bad|mismatch\w*|not (?:found|exist\w*|allowed|permitted|valid|match\w*|authori[sz]ed|verified|confirmed|active|an?|the)|no (?:such|matching|user|account|token|session|permission|access)|unknown|expired|locked|disabled|suspended|banned|blocked|inactive|missing|required|without|insufficient|denied|forbidden|unauthori[sz]ed|lacks?|lacking|because|due to|already|too many|limit|exceed\w*|does(?: not|n'?t)|did(?: not|n'?t)|only|must|cannot|can'?t|revoked|malformed|unverified|unconfirmed|non-?\w+|replay\w*|duplicate)\b/i;

/** A proof that failed is reason enough. */
const PROOF = /pass ?word|2 ?fa|mfa|t?otp|factor|code|pass ?key|token|signature|api ?key|webauthn/i;

function saysWhy(text: string): boolean {
  return WHY.test(text) || PROOF.test(text) || toneOf([text]) === "bad-account";
}
