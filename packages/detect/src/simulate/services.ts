import { events } from "@telltale/vocabulary";
import type { EventCategory, EventName } from "@telltale/vocabulary";
import type { Fields } from "../event.ts";
import type { Deed } from "./event.ts";
import type { Random } from "./random.ts";

/** The simulated company's services and the hosts that each runs on. */
export const services: Readonly<Record<string, readonly string[]>> = {
  accounts: ["accounts-1", "accounts-2"],
  portal: ["portal-1", "portal-2", "portal-3"],
  billing: ["billing-1"],
  mailer: ["mailer-1"],
  archive: ["archive-1"],
};

/** Services with one host, whose log can fall silent without taking events of other attacks with it. */
export const quietServices = ["billing", "mailer", "archive"] as const;

/** Who writes events of a category down; everything else is the portal's. */
const homes: { readonly [C in EventCategory]?: string } = { authn: "accounts", session: "accounts", user: "accounts" };

/** pino's numbers, as `@telltale/log` writes levels. */
const levels = { INFO: 30, WARN: 40, CRITICAL: 60 } as const;

/** One process that writes a log. */
export interface Writer {
  readonly service: string;
  readonly host: string;
  pid: number;
  /** Of this run; a restart has another, and counts from 1 again. */
  id: string;
  seq: number;
  /** Not running: between a stop and a start. */
  down: boolean;
}

/** What the table of events says, made ready for the hot path. */
const facts = new Map(
  (Object.keys(events) as EventName[]).map((name) => {
    const { level, category, ecs } = events[name];
    return [name, { level: levels[level], category, outcome: ecs["event.outcome"], service: homes[category] ?? "portal" }] as const;
  }),
);

/** The processes of all services, and the lines that they write. */
export class Writers {
  readonly all: readonly Writer[];
  private readonly byService = new Map<string, Writer[]>();
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
    for (const [service, hosts] of Object.entries(services)) {
      this.byService.set(
        service,
        hosts.map((host) => ({ service, host, pid: 0, id: "", seq: 0, down: false })),
      );
    }
    this.all = [...this.byService.values()].flat();
    for (const writer of this.all) this.restart(writer);
  }

  restart(writer: Writer): void {
    writer.pid = this.random.whole(200, 32_000);
    writer.id = this.random.hex8() + this.random.hex8();
    writer.seq = 0;
    writer.down = false;
  }

  /** Who writes this deed down; undefined where the only one who could is not running. */
  for(deed: Deed): Writer | undefined {
    const hosts = this.byService.get(deed.service ?? (facts.get(deed.event)?.service as string)) as Writer[];
    if (deed.host !== undefined) return hosts.find((one) => one.host === deed.host);
    const first = hosts.length === 1 ? 0 : this.random.whole(0, hosts.length - 1);
    for (let step = 0; step < hosts.length; step++) {
      const writer = hosts[(first + step) % hosts.length] as Writer;
      if (!writer.down) return writer;
    }
    return undefined;
  }

  /** The line's fields. Takes the writer's next number. */
  write(writer: Writer, deed: Deed): Fields {
    const { level, category, outcome } = facts.get(deed.event) as { level: number; category: string; outcome: string };
    // Key by key and in the order of the wire, absent ones left out: this runs for every event.
    const fields: { [name: string]: Fields[string] } = {
      level,
      time: isoTime(deed.time),
      pid: writer.pid,
      hostname: writer.host,
      service: writer.service,
      writer: writer.id,
      seq: ++writer.seq,
      event: deed.event,
      category,
      outcome,
    };
    if (deed.reason !== undefined) fields["reason"] = deed.reason;
    if (deed.actor !== undefined) fields["actor"] = deed.actorType === "service" ? { id: deed.actor, type: "service" } : { id: deed.actor };
    if (deed.target !== undefined) fields["target"] = deed.target;
    if (deed.ip !== undefined) fields["source"] = { ip: deed.ip, via: "peer" };
    if (deed.agent !== undefined) fields["user_agent"] = deed.agent;
    if (deed.ip !== undefined) fields["request"] = { id: `${this.random.hex8()}-${writer.seq}` };
    if (deed.session !== undefined) fields["session"] = deed.session;
    if (deed.event === "sys_heartbeat") fields["details"] = { seq: writer.seq, ...deed.details };
    else if (deed.details !== undefined) fields["details"] = deed.details;
    fields["msg"] = deed.event;
    return fields;
  }
}

let second = Number.NaN;
let prefix = "";

/** `2026-03-02T09:00:00.000Z`; remembers the second, for events come many a second. */
function isoTime(time: number): string {
  const whole = Math.floor(time / 1000);
  if (whole !== second) {
    prefix = new Date(whole * 1000).toISOString().slice(0, 20);
    second = whole;
  }
  const rest = Math.floor(time) - whole * 1000;
  return `${prefix}${rest > 99 ? rest : rest > 9 ? `0${rest}` : `00${rest}`}Z`;
}
