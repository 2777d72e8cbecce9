import type { TechniqueId } from "../attack.ts";
import type { EcsMapping, EcsOutcome } from "../ecs.ts";
import type { OcsfMapping } from "../ocsf.ts";

/** Prefix of an event's name: what the event is about. */
export type EventCategory =
  | "audit"
  | "authn"
  | "authz"
  | "config"
  | "crypt"
  | "excess"
  | "input"
  | "legal"
  | "malicious"
  | "mcp"
  | "privilege"
  | "sensitive"
  | "sequence"
  | "session"
  | "sys"
  | "upload"
  | "user";

/** As in the OWASP vocabulary. ECS: info, warn, error. OCSF severity: 1, 3, 5. */
export type EventLevel = "INFO" | "WARN" | "CRITICAL";

interface DetailBase {
  readonly required: boolean;
  readonly description?: string;
}

/** One thing that an event says beside its name: a field of its own, never part of a joined string. */
export type EventDetail =
  | (DetailBase & { readonly type: "string" | "integer" | "boolean" | "string[]" })
  | (DetailBase & { readonly type: "enum"; readonly values: readonly string[] });

/** One entry of the vocabulary. Its name is its key in `events`. */
export interface EventDefinition {
  readonly category: EventCategory;
  readonly level: EventLevel;
  readonly description: string;
  readonly details: Readonly<Record<string, EventDetail>>;
  readonly ecs: EcsMapping;
  /** Valid in OCSF 1.8.0. */
  readonly ocsf: OcsfMapping;
  /** Where OCSF 1.9 deprecates the class of `ocsf`: what takes its place. */
  readonly ocsf_next?: OcsfMapping;
  /** Classes that fit better in the case that their note names. */
  readonly ocsf_alternatives?: readonly OcsfMapping[];
  /** ATT&CK techniques that the event may witness. */
  readonly attack: readonly TechniqueId[];
  /** ATLAS techniques (attacks on AI systems) that the event may witness. */
  readonly atlas?: readonly string[];
  /** Names that applications and products use today. Spelling does not matter: see `resolveEvent`. */
  readonly aliases: readonly string[];
  /** Where one detail decides how the event ended: level and outcome by that detail's value. */
  readonly endings?: {
    readonly detail: string;
    readonly values: Readonly<Record<string, { readonly level: EventLevel; readonly outcome: EcsOutcome }>>;
  };
  /** Why the event exists, where the OWASP vocabulary lacks it. Absent on its own events. */
  readonly extension?: string;
  /** What to mind when writing or reading the event. */
  readonly note?: string;
}

interface DetailValues {
  readonly string: string;
  readonly integer: number;
  readonly boolean: boolean;
  readonly "string[]": readonly string[];
}

type DetailValue<D> = D extends { readonly type: "enum"; readonly values: readonly (infer V)[] }
  ? V
  : D extends { readonly type: infer T extends keyof DetailValues }
    ? DetailValues[T]
    : never;

type RequiredKeys<D> = {
  [K in keyof D]: D[K] extends { readonly required: true } ? K : never;
}[keyof D];

/** The object that carries an event's details: a property each, optional where the detail is. */
export type DetailsObject<D> = { readonly [K in RequiredKeys<D>]: DetailValue<D[K]> } & {
  readonly [K in Exclude<keyof D, RequiredKeys<D>>]?: DetailValue<D[K]>;
};
