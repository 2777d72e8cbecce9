import { randomBytes } from "node:crypto";

/** Without one of its own, sessions end when the shop closes. */
export const sessionKey = process.env["SESSION_KEY"] ?? randomBytes(32).toString("hex");
