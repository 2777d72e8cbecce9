/**
 * What a security record says, in the order in which reports list it.
 * Source: OWASP Logging Cheat Sheet (when, where, who, what) and ASVS 5.0 16.2.1, without what a log library adds itself (time, host).
 */
export const details = ["event", "actor", "target", "outcome", "reason", "source IP", "user agent", "request ID"] as const;

/** One of {@link details}. */
export type DetailName = (typeof details)[number];
