import { attackOverHttp } from "@telltale/detect";
import type { HttpAttackClass } from "@telltale/detect";
import { didYouMean } from "@telltale/scan";
import { writeOut } from "../output.ts";
import { usage } from "./values.ts";

/** What `telltale simulate --against` is told. */
export interface AttackFlags {
  readonly against?: string;
  readonly attack: string;
  readonly path: string;
  readonly fields: string;
  readonly form?: boolean;
  readonly tries: string;
  readonly rate: string;
  readonly iOwnThisHost?: boolean;
}

/** Attacks that need nothing but a log-in form. */
const classes: readonly HttpAttackClass[] = [
  "brute_force_account",
  "brute_force_source",
  "credential_stuffing",
  "password_spraying",
  "enumeration",
];

/** Sends log-in requests to an application, and says what it answered. */
export async function attackCommand(url: string, flags: AttackFlags): Promise<number> {
  const found = classes.find((one) => one === flags.attack);
  if (found === undefined) throw usage(`--attack takes ${classes.join(", ")}, not "${flags.attack}"${didYouMean(flags.attack, classes)}`);
  const [name, password, ...rest] = flags.fields.split(",");
  if (!name || !password || rest.length > 0) throw usage(`--fields takes two names such as email,password, not "${flags.fields}"`);
  const { sent, statuses } = await attackOverHttp({
    url,
    class: found,
    path: flags.path,
    fields: { name, password },
    body: flags.form === true ? "form" : "json",
    tries: countOf("--tries", flags.tries),
    rate: countOf("--rate", flags.rate),
    iOwnThisHost: flags.iOwnThisHost,
  });
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status === "0" ? "no answer" : status}`);
  await writeOut(`${sent} requests sent: ${answers.join(", ")}\n`);
  return 0;
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw usage(`${option} takes a number from 1, not "${text}"`);
  return count;
}
