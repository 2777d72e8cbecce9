import type { Alert, AlertRule } from "../../alert.ts";

/** All that an alert said while it was open. */
export interface Episode {
  readonly rule: AlertRule;
  readonly group: Alert["group"];
  since: number;
  until: number;
  /** When it opened: of the event that completed the pattern first. */
  completed: number;
  /** Actors, addresses and values of the group. */
  readonly traits: Set<string>;
}

/** One episode for each id, whatever the number of its phases and the order in which they come. */
export function episodesOf(alerts: Iterable<Alert>): Episode[] {
  const episodes = new Map<string, Episode>();
  for (const alert of alerts) {
    let episode = episodes.get(alert.id);
    if (episode === undefined) {
      const { rule, group, since, until, completed } = alert;
      episode = { rule, group, since, until, completed, traits: new Set() };
      episodes.set(alert.id, episode);
    }
    episode.since = Math.min(episode.since, alert.since);
    episode.until = Math.max(episode.until, alert.until, alert.completed);
    episode.completed = Math.min(episode.completed, alert.completed);
    for (const trait of [...alert.actors, ...alert.addresses, ...Object.values(alert.group)]) {
      if (trait !== null) episode.traits.add(trait);
    }
  }
  return [...episodes.values()].sort((one, other) => one.completed - other.completed);
}
