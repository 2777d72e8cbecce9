/** What a detail is in a record: who acted, on what, from where; everything else stays a detail of the event. */
export type DetailRole =
  | { readonly is: "actor" }
  /** The actor, or the client's address where nobody is known yet. */
  | { readonly is: "actor-or-source" }
  | { readonly is: "target"; readonly type: string }
  | { readonly is: "reason" }
  | { readonly is: "user-agent" }
  /** Never written in clear. */
  | { readonly is: "session" };

const target = (type: string): DetailRole => ({ is: "target", type });

/**
 * Roles of the details that events have, by the detail's name. Where an event has several targets, the first in this order is
 * the record's target: a permission that one user gives another is about the other user.
 */
export const detailRoles: Readonly<Record<string, DetailRole>> = {
  userid: { is: "actor" },
  userid_or_ip: { is: "actor-or-source" },
  onuserid: target("user"),
  newuserid: target("user"),
  tokenid: target("token"),
  keyid: target("key"),
  fileid: target("file"),
  filename: target("file"),
  document: target("document"),
  setting: target("setting"),
  monitor: target("monitor"),
  scope: target("log"),
  resource: target("resource"),
  object: target("object"),
  reason: { is: "reason" },
  useragent: { is: "user-agent" },
  sessionid: { is: "session" },
};
