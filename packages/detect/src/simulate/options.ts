import type { AttackClass } from "./attacks/intensities.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Who uses the simulated application, and how. Shares are from 0 to 1. */
export interface PopulationOptions {
  readonly users: number;
  /** Places of work; all who work in one share its address. The sizes fall off: the first has as many as the next two. */
  readonly offices: number;
  /** Share of the users who work in an office. */
  readonly inOffices: number;
  /** Mean visits a user and day; some come ten times as often as others (Zipf). */
  readonly visits: number;
  /** Share of visits that begin with a wrong password: one to six of them, then it is remembered or reset. */
  readonly forgetful: number;
  /** Share of log-ins with a wrong code of the second factor. */
  readonly mistypedCodes: number;
  /** Share of visits on a phone, behind the address of its carrier. */
  readonly mobile: number;
  /** Share of users who work through the company's VPN half of the time. */
  readonly vpn: number;
  /** Days until a home has another address. */
  readonly lease: number;
  /** Share of users who fly now and then, and how many days lie between two journeys. */
  readonly travellers: number;
  readonly journeyEvery: number;
  /** Share of visits with a device that the user did not have before. */
  readonly newDevices: number;
  /** Share of visits after which a tab stays open, and is used when the session is long over. */
  readonly staleTabs: number;
  /** Password managers a day that go on trying an old password for hours. */
  readonly staleManagers: number;
  /** Off-boardings a week: an administrator deletes 5 to 15 users. */
  readonly offBoardings: number;
  /** Registrations a day. */
  readonly registrations: number;
  /** Shares of users with the roles. */
  readonly admins: number;
  readonly analysts: number;
  /** Jobs with a wrong password: a few hours of steady failures each. Declared in the truth, for operators do want to hear of them. */
  readonly brokenJobs: number;
}

/** How lines travel from the writer to the reader. */
export interface DelayOptions {
  /** Mean of the ordinary delay, milliseconds. */
  readonly usual: number;
  /** Share of lines that are held up, and by how much at most, milliseconds. */
  readonly heldUp: number;
  readonly longest: number;
}

/** From where a parameter that the scenario leaves out is drawn. */
export type Ranges = "standard" | "held-out";

/** One or more attacks of a class. */
export interface AttackRequest {
  readonly class: AttackClass;
  /** Milliseconds after the start; left out: spread over the duration. */
  readonly at?: number;
  /** How many; default 1. With `at`, all begin there. */
  readonly count?: number;
  /** Default: the scenario's. */
  readonly ranges?: Ranges;
  /** A value, or the ends of a range to draw from; or one of the parameter's words. */
  readonly parameters?: { readonly [name: string]: number | readonly [number, number] | string };
}

/** A scenario: the same options give the same events. */
export interface SimulationOptions {
  readonly name: string;
  /** A whole number from 0 to 4,294,967,295. */
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly population: PopulationOptions;
  readonly delay: DelayOptions;
  readonly ranges: Ranges;
  readonly attacks: readonly AttackRequest[];
}

export const defaultPopulation: PopulationOptions = {
  users: 1500,
  offices: 4,
  inOffices: 0.5,
  visits: 1.5,
  forgetful: 0.05,
  mistypedCodes: 0.06,
  mobile: 0.3,
  vpn: 0.15,
  lease: 9,
  travellers: 0.1,
  journeyEvery: 25,
  newDevices: 0.004,
  staleTabs: 0.003,
  staleManagers: 2,
  offBoardings: 1,
  registrations: 6,
  admins: 0.01,
  analysts: 0.04,
  brokenJobs: 1,
};

export const defaultDelay: DelayOptions = { usual: 150, heldUp: 0.01, longest: 20_000 };
