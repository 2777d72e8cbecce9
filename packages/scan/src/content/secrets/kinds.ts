import type { NameVerdict } from "@telltale/vocabulary";
import type { Severity } from "../../report/result.ts";

type Kind = NameVerdict["kind"] | "request";

interface KindFacts {
  /** `a password`, as it stands in a sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** What one gains who reads the log. */
  readonly gain: string;
}

const CREDENTIAL = "Whoever reads the logs, or a copy of them in a log service or backup, can use it as its owner.";

/** What the secrets are called, how bad it is that they are logged, and what for. */
export const KINDS: Readonly<Record<Kind, KindFacts>> = {
  password: {
    title: "a password",
    severity: "critical",
    gain: "Whoever reads the logs can log in as the user, here and wherever else the password is used.",
  },
  otp: {
    title: "a one-time code or link",
    severity: "high",
    gain: "Whoever reads the logs in time can use the code or link in place of the user.",
  },
  recovery_code: {
    title: "a recovery code",
    severity: "high",
    gain: "Whoever reads the logs can take the account over past its second factor.",
  },
  token: { title: "a token or secret", severity: "high", gain: CREDENTIAL },
  key: { title: "a key", severity: "high", gain: CREDENTIAL },
  authorization: { title: "an authorization header", severity: "high", gain: "Whoever reads the logs can send requests as the user." },
  cookie: { title: "a cookie", severity: "high", gain: "Whoever reads the logs can take over the session." },
  session: { title: "a session identifier", severity: "high", gain: "Whoever reads the logs can take over the session." },
  connection_string: {
    title: "a connection string",
    severity: "high",
    gain: "Whoever reads the logs can connect with the credentials in it.",
  },
  hash: {
    title: "a password hash",
    severity: "high",
    gain: "Whoever reads the logs can try passwords against the hash, offline and unseen.",
  },
  card: { title: "card data", severity: "high", gain: "Whoever reads the logs can pay with the card." },
  bank_account: { title: "a bank account", severity: "medium", gain: "Whoever reads the logs learns the account of a person." },
  government_id: {
    title: "a government number",
    severity: "high",
    gain: "Whoever reads the logs can pass for the person where the number is asked for.",
  },
  custom: { title: "a secret", severity: "high", gain: CREDENTIAL },
  request: { title: "credentials", severity: "high", gain: "Whoever reads the logs finds the credentials that clients send." },
};

const LESSER: Readonly<Record<Severity, Severity>> = { critical: "high", high: "medium", medium: "low", low: "low" };

export const lesser = (severity: Severity): Severity => LESSER[severity];
