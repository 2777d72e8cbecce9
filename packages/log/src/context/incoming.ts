/** What an adapter knows of a request before any handler ran. */
export interface Incoming {
  readonly method?: string;
  /** Value of a header by its lower-case name; several values joined by `, `. */
  readonly header: (name: string) => string | undefined;
  /** Address of the socket's other end. */
  readonly peer?: string;
  /** Template of the route, asked when an event is recorded: routers know it late. */
  readonly route?: () => string | undefined;
}
