/**
 * The OCSF classes and activities that the vocabulary maps to.
 * Source: ocsf/ocsf-schema, tag 1.8.0 and 1.9.0-dev (a5cfc68e), `events/**.json`. The thousands of a class's uid are its category.
 */
const classes = {
  "File System Activity": { uid: 1001, activities: { "Set Security": 7 } },
  "Event Log Activity": { uid: 1008, activities: { Clear: 1, Export: 3, Enable: 9, Disable: 10 } },
  "Detection Finding": { uid: 2004, activities: { Create: 1 } },
  "Account Change": {
    uid: 3001,
    deprecated_since: "1.9.0-dev",
    activities: {
      Create: 1,
      "Password Change": 3,
      "Password Reset": 4,
      Disable: 5,
      Delete: 6,
      Lock: 9,
      "MFA Factor Enable": 10,
      "MFA Factor Disable": 11,
      Unlock: 12,
    },
  },
  Authentication: {
    uid: 3002,
    activities: { Logon: 1, Logoff: 2, "Service Ticket Renew": 5, "Account Switch": 7, Other: 99 },
  },
  "Authorize Session": { uid: 3003, activities: { "Assign Privileges": 1 } },
  "Entity Management": {
    uid: 3004,
    activities: { Create: 1, Update: 3, Delete: 4, Deactivate: 11 },
  },
  "User Access Management": {
    uid: 3005,
    deprecated_since: "1.9.0-dev",
    activities: { "Assign Privileges": 1 },
  },
  "Group Management": { uid: 3006, activities: { "Add User": 3 } },
  "User Management": {
    uid: 3007,
    since: "1.9.0-dev",
    activities: {
      Create: 1,
      Update: 2,
      Delete: 3,
      Disable: 5,
      Lock: 6,
      Unlock: 7,
      "Password Change": 8,
      "Password Reset": 9,
      "Enable MFA Factors": 12,
      "Disable MFA Factors": 13,
      "Assign Privileges": 14,
      "Add Programmatic Credentials": 18,
      "Remove Programmatic Credentials": 19,
    },
  },
  "Web Resources Activity": { uid: 6001, activities: { Import: 6, Export: 7 } },
  "Application Lifecycle": {
    uid: 6002,
    activities: { Start: 3, Stop: 4, Restart: 5, Enable: 6, Disable: 7, Update: 8, Other: 99 },
  },
  "API Activity": {
    uid: 6003,
    activities: { Create: 1, Read: 2, Update: 3, Delete: 4, Other: 99 },
  },
  "Datastore Activity": {
    uid: 6005,
    activities: { Read: 1, Update: 2, Create: 6, Delete: 7, Encrypt: 9, Decrypt: 10 },
  },
  "File Hosting Activity": { uid: 6006, activities: { Upload: 1, Delete: 4, Move: 7 } },
  "Scan Activity": { uid: 6007, activities: { Completed: 2 } },
  "Application Error": { uid: 6008, activities: { "General Error": 1 } },
} as const satisfies Record<string, OcsfClass>;

interface OcsfClass {
  readonly uid: number;
  readonly deprecated_since?: string;
  readonly since?: string;
  readonly activities: Readonly<Record<string, number>>;
}

type ClassName = keyof typeof classes;

const statusIds = { Unknown: 0, Success: 1, Failure: 2 } as const;

export type OcsfStatus = keyof typeof statusIds;

/** Attributes that an event sets beside its class and activity. */
export interface OcsfAttributes {
  readonly entity_type?: string;
  readonly action_id?: number;
  readonly disposition_id?: number;
  readonly is_mfa?: boolean;
  readonly is_new_logon?: boolean;
  /** For people: when another activity or class fits better. */
  readonly activity_note?: string;
}

/** An event as OCSF says it. `type_uid` is `class_uid * 100 + activity_id`. */
export interface OcsfMapping extends OcsfAttributes {
  readonly class_uid: number;
  readonly class_name: string;
  readonly activity_id: number;
  readonly activity_name: string;
  readonly type_uid: number;
  readonly status_id: number;
  readonly status: OcsfStatus;
  /** The OCSF version that deprecates the class. */
  readonly deprecated_since?: string;
  /** The OCSF version that brings the class. */
  readonly since?: string;
}

/** Spells out a mapping from the names of class, activity and status. */
export function ocsf<C extends ClassName>(
  className: C,
  activity: keyof (typeof classes)[C]["activities"] & string,
  status: OcsfStatus,
  attributes: OcsfAttributes = {},
): OcsfMapping {
  const { uid, activities, ...versions }: OcsfClass = classes[className];
  const activityId = activities[activity] as number;
  return {
    class_uid: uid,
    class_name: className,
    activity_id: activityId,
    activity_name: activity,
    type_uid: uid * 100 + activityId,
    status_id: statusIds[status],
    status,
    ...versions,
    ...attributes,
  };
}
