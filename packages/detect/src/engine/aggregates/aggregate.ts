/** What is kept of the events in a window, moved on event by event. */
export interface Aggregate {
  /** An event has come into the window, at its newer end; while it is moved back in time also at its older end. */
  enter(group: number, entry: number): void;
  /** An event has left the window, at either end. */
  leave(group: number, entry: number): void;
  /** A new group, or one whose window is built anew from its first event. */
  clear(group: number): void;
  /** A group is given up. Only where an aggregate keeps something outside the group's record. */
  forget?(group: number): void;
  /** True where events must enter in their order: such a window cannot be moved back, only built anew. */
  readonly inOrder?: boolean;
  /** Bytes beside the records of the groups. */
  readonly bytes?: number;
}
