/** Contributing events that an alert shows at each end. */
export const shown = 10;

/** Actors, addresses and targets that an alert names. */
export const named = 20;

/** How often an episode speaks up because it has grown. */
export const mostGrowths = 10;

/** An open episode. All of it is plain data: a snapshot is its JSON. */
export interface Episode {
  /** Number in its rule, from 1: what timers and groups refer to. */
  readonly number: number;
  readonly group: number;
  /** The alert's id. */
  readonly id: string;
  /** Time of the event at which it opened. */
  readonly completed: number;
  /** It tells of silence: no event belongs to it, and it is over one timespan later. */
  readonly silent: boolean;
  /** From when on an event belongs to it: goes back when an event out of order shows an earlier beginning. */
  start: number;
  /** When, and at which event, the condition last held. */
  heldTime: number;
  heldSeq: number;
  since: number;
  until: number;
  count: number;
  /** The count when it last spoke, and how often it spoke up for growth. */
  spoken: number;
  growths: number;
  /** The watermark before which it must not close: events late beyond lateness, whose own time is long past. */
  notBefore: number;
  /** Rows of contributing events. */
  readonly first: number[];
  readonly last: number[];
  readonly actors: string[];
  readonly addresses: string[];
  readonly targets: string[];
  measures: { [name: string]: number };
  /** Another open episode of the same group. */
  next: number;
}
