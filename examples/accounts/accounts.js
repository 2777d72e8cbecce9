import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

const hash = (password, salt) => scryptSync(password, salt, 32);

function account(id, role, password) {
  const salt = randomBytes(16);
  return { id, role, salt, hash: hash(password, salt) };
}

const accounts = new Map([
  ["ada", account("ada", "admin", "analytical engine")],
  ["bob", account("bob", "member", "builder")],
]);
const sessions = new Map();

export const find = (id) => accounts.get(id);
export const remove = (id) => accounts.delete(id);

/** Compares in constant time, also for names that nobody has. */
export function verify(id, password) {
  const known = accounts.get(id) ?? account(id, "nobody", randomBytes(16).toString("hex"));
  return timingSafeEqual(known.hash, hash(String(password), known.salt)) && accounts.has(id);
}

export function openSession(id) {
  const session = randomBytes(24).toString("base64url");
  sessions.set(session, id);
  return session;
}

export const closeSession = (session) => sessions.delete(session);
export const accountOf = (session) => accounts.get(sessions.get(session));
