import type { Course, Deed } from "../event.ts";
import { MINUTE } from "../options.ts";
import { ADDRESSES_PER_ATTACK, addressIn, farCities, strangerAddress } from "../places.ts";
import type { City } from "../places.ts";
import type { Population } from "../population.ts";
import { Random, hashOf } from "../random.ts";
import type { AttackClass } from "./intensities.ts";

/** An attack with everything decided but its single events. */
export interface AttackPlan {
  /** `credential_stuffing-3`: unique in a scenario. */
  readonly id: string;
  readonly class: AttackClass;
  /** Number of this attack in the scenario, and among those of its class; both from 0. */
  readonly number: number;
  readonly ordinal: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly parameters: { readonly [name: string]: number | string };
  /** Whether all parameters are within the documented spans. */
  readonly documented: boolean;
}

/** How attackers' tools call themselves. */
const tools = [
  "python-requests/2.32.4",
  "Go-http-client/2.0",
  "okhttp/4.12.0",
  "curl/8.14.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/139.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
] as const;

/** A browser that nobody of the population has, and no other attack. */
function strangeBrowser(random: Random, number: number): string {
  const build = `${random.whole(4000, 8999)}.${number}`;
  return random.pick([
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 OPR/122.0.${build}`,
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Vivaldi/7.5.${build}`,
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.${build} Safari/605.1.15`,
  ]);
}

/** What an attack works with. Its random numbers are its own: benign events do not change it, nor it them. */
export class Stage {
  readonly plan: AttackPlan;
  readonly population: Population;
  readonly random: Random;
  readonly tool: string;
  readonly browser: string;

  constructor(plan: AttackPlan, population: Population, seed: number) {
    this.plan = plan;
    this.population = population;
    this.random = new Random(hashOf(`attack ${seed} ${plan.id}`));
    this.tool = this.random.pick(tools);
    this.browser = strangeBrowser(this.random, plan.number);
  }

  get at(): number {
    return this.plan.at;
  }

  /** A parameter that is a number. */
  number(name: string): number {
    const value = this.plan.parameters[name];
    if (typeof value !== "number") throw new TypeError(`${this.plan.class} has no number ${name}`);
    return value;
  }

  /** A parameter that is a word. */
  word(name: string): string {
    return String(this.plan.parameters[name]);
  }

  /** One of the attack's own addresses, from 0; nobody knows where they lie. */
  address(number: number): string {
    return strangerAddress(this.plan.number * ADDRESSES_PER_ATTACK + (number % ADDRESSES_PER_ATTACK));
  }

  /** The attack's own address in a city. */
  addressAt(city: City): string {
    return addressIn(city, "stranger", this.plan.number);
  }

  farCity(): City {
    return this.random.pick(farCities);
  }

  /** Milliseconds to the next try at so many a minute, with the attack's jitter. */
  gap(perMinute: number): number {
    return (MINUTE / perMinute) * (1 + this.number("jitter") * (2 * this.random.unit() - 1));
  }

  /** Milliseconds for one of `steps` that together take so many minutes. */
  step(minutes: number, steps: number): number {
    return this.gap(Math.max(1, steps) / minutes);
  }

  /** A name that nobody has. */
  unknownName(): string {
    return `${this.random.pick(["info", "test", "sam", "alex", "kim", "chris", "max", "lee"])}.${this.random.hex8()}`;
  }

  session(): string {
    return this.random.hex8() + this.random.hex8();
  }

  /** A deed of this attack. */
  deed(time: number, event: Deed["event"], rest: Partial<Deed>): Deed {
    return { time, event, ...rest, attack: this.plan.id, late: this.random.unit() * this.number("lateness") * 1000 };
  }

  /** A wrong password. */
  failure(time: number, actor: string, ip: string, reason = "bad_password"): Deed {
    return this.deed(time, "authn_login_fail", { actor, ip, agent: this.tool, reason });
  }
}

/** What an attack of a class does, event by event. */
export type AttackCourse = (stage: Stage) => Course;
