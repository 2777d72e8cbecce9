import type { PopulationOptions } from "./options.ts";
import { DAY } from "./options.ts";
import { addressIn, homeCities, kilometres } from "./places.ts";
import type { City } from "./places.ts";
import { Random, hashOf } from "./random.ts";

export type Role = "member" | "analyst" | "admin";

/** One person of the simulated company or among its customers. What does not change over time. */
export interface User {
  readonly index: number;
  readonly id: string;
  readonly role: Role;
  readonly home: City;
  /** Undefined for those who work at home or are customers. */
  readonly office?: Office;
  /** Whether the second factor is on. */
  readonly mfa: boolean;
  readonly travels: boolean;
  readonly vpn: boolean;
  readonly desktop: string;
  readonly phone: string;
}

/** A place of work: everybody in it has its address. */
export interface Office {
  readonly city: City;
  readonly address: string;
  /** The company's VPN for people who live near. */
  readonly vpn: string;
}

const firstNames =
  "ada ben cleo dario edda fynn greta hugo ines jonas kaya levi mira nils olga pia quinn rosa sven tara uma vito wim yara zoe".split(" ");
const lastNames =
  "adler berg costa dahl ekman frey gallo hoyer ilic jansen keller lund moreau novak olsen petit rossi stein toth urban vogel weiss zeman".split(
    " ",
  );

const versions = [138, 139, 140, 141, 142];
const chrome = (system: string, version: number) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

/** What computers and phones call themselves. */
export const desktops: readonly string[] = [
  ...versions.flatMap((version) => [
    chrome("Windows NT 10.0; Win64; x64", version),
    chrome("Macintosh; Intel Mac OS X 10_15_7", version),
    `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`,
    `${chrome("Windows NT 10.0; Win64; x64", version)} Edg/${version}.0.0.0`,
  ]),
];
export const phones: readonly string[] = [
  ...versions.map((version) => chrome("Linux; Android 10; K", version).replace(" Safari", " Mobile Safari")),
  ...["18_5", "18_6", "26_0", "26_1"].map(
    (system) =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS ${system} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${system.slice(0, 2)}.0 Mobile/15E148 Safari/604.1`,
  ),
];

const FARTHEST_VPN = 450;

/** The users of a scenario. The same options and seed give the same people. */
export class Population {
  readonly users: readonly User[];
  readonly admins: readonly User[];
  readonly analysts: readonly User[];
  /** Sum of the users' activity up to each: where a random number falls in, that user comes. */
  private readonly activity: Float64Array;
  private readonly options: PopulationOptions;
  private readonly seed: number;

  constructor(options: PopulationOptions, seed: number) {
    this.options = options;
    this.seed = seed;
    const random = new Random(hashOf(`population ${seed}`));
    const offices = officesOf(options.offices);
    this.users = Array.from({ length: options.users }, (_, index) => userOf(index, options, offices, random));
    this.admins = this.users.filter((user) => user.role === "admin");
    this.analysts = this.users.filter((user) => user.role === "analyst");
    this.activity = activityOf(options.users);
  }

  /** A user at random; the active ones more often. */
  someone(random: Random): User {
    const { activity } = this;
    const place = random.unit() * (activity[activity.length - 1] as number);
    let low = 0;
    let high = activity.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((activity[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return this.users[low] as User;
  }

  /** Users at random among the more active half: they have a past that detection can know. */
  regulars(random: Random, count: number, fits: (user: User) => boolean = () => true): User[] {
    const active = this.users.slice(0, Math.max(1, this.users.length >> 1)).filter(fits);
    return random.sample(active.length > 0 ? active : this.users, count);
  }

  /** The address at home; another one when the lease is over. */
  homeAddress(user: User, time: number): string {
    const lease = Math.floor(time / (this.options.lease * DAY) + user.index * 0.618);
    return addressIn(user.home, "home", hashOf(`${this.seed} ${user.index} ${lease}`));
  }
}

function officesOf(count: number): Office[] {
  return Array.from({ length: count }, (_, index) => {
    const city = homeCities[index % homeCities.length] as City;
    return { city, address: addressIn(city, "office", Math.floor(index / homeCities.length)), vpn: addressIn(city, "vpn", index) };
  });
}

function userOf(index: number, options: PopulationOptions, offices: readonly Office[], random: Random): User {
  const name = `${firstNames[index % firstNames.length]}.${lastNames[Math.floor(index / firstNames.length) % lastNames.length]}`;
  const round = Math.floor(index / (firstNames.length * lastNames.length));
  const office = random.chance(options.inOffices) ? someOffice(offices, random) : undefined;
  const home = office?.city ?? random.pick(homeCities);
  // Every tenth or so of the active users rather than the first ones: roles are spread over all degrees of activity.
  const draw = random.unit();
  const role: Role =
    draw < options.admins || index === 1 ? "admin" : draw < options.admins + options.analysts || index === 2 ? "analyst" : "member";
  const near = offices.some((one) => kilometres(one.city, home) <= FARTHEST_VPN);
  return {
    index,
    id: round === 0 ? name : `${name}${round + 1}`,
    role,
    home,
    ...(office ? { office } : {}),
    mfa: role !== "member" || random.chance(0.4),
    // Administrators stay at home: their journeys cannot be told from a stranger's, and would blur the truth.
    travels: role !== "admin" && random.chance(options.travellers),
    vpn: near && random.chance(options.vpn),
    desktop: random.pick(desktops),
    phone: random.pick(phones),
  };
}

/** The first has as many as the next two together. */
function someOffice(offices: readonly Office[], random: Random): Office | undefined {
  if (offices.length === 0) return undefined;
  const place = random.unit() ** 1.7;
  return offices[Math.floor(place * offices.length)];
}

/** Zipf's law, with its steep head cut: the first comes about ten times as often as the one in the middle. */
function activityOf(users: number): Float64Array {
  const sums = new Float64Array(users);
  const head = Math.max(10, users / 40);
  let sum = 0;
  for (let rank = 0; rank < users; rank++) {
    sum += 1 / (rank + head) ** 0.8;
    sums[rank] = sum;
  }
  return sums;
}

/** The VPN's address for a user: that of the nearest office. */
export function vpnAddress(user: User, offices: readonly Office[]): string | undefined {
  const nearest = [...offices].sort((one, other) => kilometres(one.city, user.home) - kilometres(other.city, user.home))[0];
  return nearest?.vpn;
}
