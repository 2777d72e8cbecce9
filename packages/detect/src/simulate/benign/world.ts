import { DAY, HOUR } from "../options.ts";
import type { SimulationOptions } from "../options.ts";
import { addressIn, farCities, homeCities, kilometres } from "../places.ts";
import type { City } from "../places.ts";
import { desktops, phones, vpnAddress } from "../population.ts";
import type { Office, Population, User } from "../population.ts";
import { Random, hashOf } from "../random.ts";
import type { Writers } from "../services.ts";
import { isOfficeTime } from "./rhythm.ts";

/** A journey: in the air from `leaves` to `lands`, there until `returns`, at home again at `home`. */
interface Journey {
  readonly city: City;
  readonly leaves: number;
  readonly lands: number;
  readonly returns: number;
  readonly home: number;
}

/** Where somebody is when he logs in. */
export interface Whereabouts {
  readonly ip: string;
  readonly onPhone: boolean;
  readonly away: boolean;
}

const AIRLINER = 850;
/** Airports, and the ways there and back. */
const ON_THE_GROUND = 3 * HOUR;
const HOTELS = 200;
const CARRIER_GATEWAYS = 24;

/** What the benign population shares while it goes about its business. State here is bounded by the number of users. */
export class World {
  readonly options: SimulationOptions;
  readonly population: Population;
  readonly writers: Writers;
  readonly random: Random;
  /** Attacks that are still to come or going on. */
  attacksLeft = 0;
  private readonly end: number;
  private readonly offices: readonly Office[];
  private readonly journeys = new Map<number, Journey>();
  /** Devices that came in the course of time, newest only, by user. */
  private readonly newer = new Map<number, string>();

  constructor(options: SimulationOptions, population: Population, writers: Writers) {
    this.options = options;
    this.population = population;
    this.writers = writers;
    this.random = new Random(hashOf(`benign ${options.seed}`));
    this.end = options.start + options.duration;
    this.offices = [...new Set(population.users.flatMap((user) => user.office ?? []))];
  }

  /** Life goes on for the duration, and as long as there is an attack: its last hours must not look different. */
  isOver(time: number): boolean {
    return time >= this.end && this.attacksLeft === 0;
  }

  /** Where a user is; undefined while in the air. */
  whereabouts(user: User, time: number): Whereabouts | undefined {
    const journey = user.travels ? this.journeyOf(user, time) : undefined;
    if (journey) {
      if (time >= journey.leaves && time < journey.lands) return undefined;
      if (time >= journey.returns && time < journey.home) return undefined;
      if (time >= journey.lands && time < journey.returns) return this.inHotel(user, journey.city);
    }
    const { random, options } = this;
    if (user.office !== undefined && isOfficeTime(time) && random.chance(0.75)) {
      return { ip: user.office.address, onPhone: false, away: false };
    }
    if (random.chance(options.population.mobile)) {
      return { ip: addressIn(user.home, "carrier", random.whole(0, CARRIER_GATEWAYS - 1)), onPhone: true, away: false };
    }
    const vpn = user.vpn && random.chance(0.5) ? vpnAddress(user, this.offices) : undefined;
    return { ip: vpn ?? this.population.homeAddress(user, time), onPhone: random.chance(0.2), away: false };
  }

  /** The device that a user has at hand. */
  agent(user: User, onPhone: boolean): string {
    return onPhone ? user.phone : (this.newer.get(user.index) ?? user.desktop);
  }

  /** A user gets another computer. */
  newDevice(user: User): string {
    const agent = this.random.pick(this.random.chance(0.5) ? desktops : phones);
    this.newer.set(user.index, agent);
    return agent;
  }

  session(): string {
    return this.random.hex8() + this.random.hex8();
  }

  private inHotel(user: User, city: City): Whereabouts {
    return { ip: addressIn(city, "hotel", user.index % HOTELS), onPhone: this.random.chance(0.4), away: true };
  }

  /** The journey that a user is on or was on last; after it, a new one is decided now and then. */
  private journeyOf(user: User, time: number): Journey | undefined {
    const last = this.journeys.get(user.index);
    if (last !== undefined && time < last.home) return last;
    const { random } = this;
    // Judged at each visit: as often a day as the user comes.
    const visits = Math.max(0.2, this.options.population.visits);
    if (!random.chance(1 / (this.options.population.journeyEvery * visits))) return undefined;
    const city = random.chance(0.5) ? random.pick(farCities) : random.pick(homeCities.filter((one) => one !== user.home));
    const flight = ON_THE_GROUND + (kilometres(user.home, city) / AIRLINER) * HOUR;
    const leaves = time + random.between(0, 6) * HOUR + HOUR;
    const lands = leaves + flight;
    const returns = lands + random.between(1, 5) * DAY;
    const journey = { city, leaves, lands, returns, home: returns + flight };
    this.journeys.set(user.index, journey);
    return journey;
  }
}
