/** Time of the first event unless a test says otherwise. */
const usualStart = Date.parse("2026-11-20T10:00:00Z");

export interface Tries {
  readonly user?: string;
  readonly address?: string;
  readonly count?: number;
  readonly start?: number;
  /** Seconds from one to the next. */
  readonly every?: number;
}

/** Lines of failed log-ins as `@telltale/log` writes them, with line ends. Twelve on one account raise one alert: its brute force. */
export function failures({ user = "ada", address = "203.0.113.9", count = 12, start = usualStart, every = 2 }: Tries = {}): string {
  let text = "";
  for (let index = 0; index < count; index += 1) {
    const time = new Date(start + index * every * 1000).toISOString();
    const facts = { outcome: "failure", reason: "bad_password", actor: { id: user }, source: { ip: address } };
    text += `${JSON.stringify({ level: 40, time, service: "shop", event: "authn_login_fail", category: "authn", ...facts })}\n`;
  }
  return text;
}

/** The same as sshd writes them by way of syslog. */
export function sshFailures(user: string, count = 12): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const second = String(index * 2).padStart(2, "0");
    return `<38>Nov 20 10:00:${second} web-1 sshd[4242]: Failed password for ${user} from 203.0.113.9 port ${4000 + index} ssh2`;
  });
}
