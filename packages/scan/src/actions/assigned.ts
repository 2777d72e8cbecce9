/** Attributes of a person whose assignment is an action of its own, as the call that would say so. */
const ASSIGNED: Readonly<Record<string, string>> = {
  is_staff: "set_permission",
  is_superuser: "set_permission",
  is_admin: "set_permission",
  is_moderator: "set_permission",
  isAdmin: "set_permission",
  role: "set_role",
  role_id: "set_role",
  roles: "set_role",
  permissions: "set_permission",
  is_active: "deactivate",
  is_disabled: "deactivate",
  is_banned: "ban",
  is_suspended: "suspend",
  disabled_at: "deactivate",
};
const PERSON = /(?:user|account|member|person|profile|instance_user)$/i;

/** What is taken back where somebody has another address now: it must be confirmed anew. */
const UNDONE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "email_verified_at",
    "email_verified",
    "is_email_verified",
    "email_confirmed_at",
    "emailVerified",
    "emailVerifiedAt",
    "isEmailVerified",
  ].map((property) => [property, "change_username"]),
);

/**
 * `user.is_staff = True` → `user.set_permission`; undefined for assignments that perform nothing by themselves.
 * `undoes`: null or false is assigned.
 */
export function assignedDeed(path: string, undoes: boolean): string | undefined {
  const names = path.replaceAll("()", "").split(".");
  const property = names.at(-1)!;
  const object = names.at(-2) ?? "";
  if (!PERSON.test(object)) return undefined;
  const does = Object.hasOwn(ASSIGNED, property)
    ? ASSIGNED[property]
    : undoes && Object.hasOwn(UNDONE, property)
      ? UNDONE[property]
      : undefined;
  return does === undefined ? undefined : `${object}.${does}`;
}
