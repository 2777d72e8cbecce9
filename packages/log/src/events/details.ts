import type { DetailsObject, EventDetail, EventDetails, EventLevel, EventName } from "@telltale/vocabulary";
import type { Actor, RecordOutcome, Target } from "../record.ts";

/** An event of the application's own. Its details are typed as those of the vocabulary are. */
export interface EventDeclaration {
  readonly level: EventLevel;
  readonly outcome: RecordOutcome;
  /** Default: the part of the name before the first `_`. */
  readonly category?: string;
  readonly description?: string;
  readonly details: Readonly<Record<string, EventDetail>>;
}

/** Own events by their names, which must not be names of the vocabulary. */
export type EventDeclarations = Readonly<Record<string, EventDeclaration>>;

/** What every event may say beside its own details. What is left out is taken from the request's context. */
export interface CommonDetails {
  /** Who acted; a text is the id. Default: who was identified for this request. */
  readonly actor?: Actor | string;
  /** What was acted upon; a text is the id. */
  readonly target?: Target | string;
  /** Why it ended so: a code such as `bad_password`, or a sentence. */
  readonly reason?: string;
  /** For events whose outcome the name leaves open; ignored with a warning where it contradicts the name. */
  readonly outcome?: RecordOutcome;
  readonly error?: unknown;
  /** Client address, where the request's context does not know better. */
  readonly ip?: string;
  readonly tenant?: string;
  /** Identifier of the session; written as a keyed hash. */
  readonly session?: string;
  /** Line for people. Default: the event's name. */
  readonly message?: string;
  /** Anything else; redacted like everything. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Names that no event takes: a type error here, dropped with a warning at run time. The full list is the redactor's. */
type SecretName =
  | "apiKey"
  | "api_key"
  | "authorization"
  | "body"
  | "cookie"
  | "cookies"
  | "credentials"
  | "headers"
  | "newPassword"
  | "otp"
  | "pass"
  | "passwd"
  | "password"
  | "pin"
  | "privateKey"
  | "pwd"
  | "secret"
  | "sessionId"
  | "token";

type Without<Names extends string> = { readonly [K in Names]?: never };

/** Own details of an event first: where the vocabulary has a closed list of reasons, `reason` takes only those. */
type WithCommon<D> = D & Omit<CommonDetails, keyof D> & Without<Exclude<SecretName, keyof D & string>>;

/** What `record` takes for the event `N`, of the vocabulary or declared in `Own`. */
export type DetailsOf<N, Own extends EventDeclarations> = N extends EventName
  ? WithCommon<EventDetails<N>>
  : N extends keyof Own
    ? WithCommon<DetailsObject<Own[N]["details"]>>
    : never;

/** The details may be left out where none is mandatory. */
export type DetailsArgument<D> = Partial<D> extends D ? [details?: D] : [details: D];
