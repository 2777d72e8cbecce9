/** Both ends belong to it. */
export type Span = readonly [low: number, high: number];

/** A number that an attack can be turned up and down by. */
export interface NumberParameter {
  readonly unit: string;
  /** What the rules promise to find. */
  readonly documented: Span;
  /** What the rules are tuned on. */
  readonly standard: Span;
  /** What they are judged on: inside the documented span and outside of the standard one. */
  readonly heldOut: readonly Span[];
}

/** A word that chooses the kind of attack. All are used in both sets of ranges. */
export interface WordParameter {
  readonly words: readonly string[];
}

export interface Intensity {
  /** What the attacker does. */
  readonly does: string;
  /** Is told from what was before: begins no sooner than 60 % through, after a good week of the two of a preset. */
  readonly needsPast?: boolean;
  readonly parameters: { readonly [name: string]: NumberParameter | WordParameter };
}

const range = (unit: string, documented: Span, standard: Span, ...heldOut: readonly Span[]): NumberParameter => ({
  unit,
  documented,
  standard,
  heldOut,
});
const oneOf = (...words: readonly string[]): WordParameter => ({ words });

/** Parameters of every class. */
export const common: { readonly [name: string]: NumberParameter } = {
  /** 0: like clockwork. 1: a gap is anything from nothing to twice the mean. */
  jitter: range("share of the gap", [0, 1], [0.1, 0.5], [0, 0.1], [0.5, 1]),
  lateness: range("seconds", [0, 30], [0, 5], [5, 30]),
};

/** Every attack that the simulator knows, and how strong it is. */
export const intensities = {
  brute_force_account: {
    does: "Tries many passwords on one account, from one to three addresses, and does not get in.",
    parameters: {
      tries: range("tries", [20, 1000], [30, 200], [20, 29], [201, 1000]),
      rate: range("tries a minute", [3, 120], [5, 40], [3, 5], [40, 120]),
      addresses: range("addresses", [1, 3], [1, 2], [3, 3]),
    },
  },
  brute_force_source: {
    does: "Tries many passwords on a handful of accounts from one address: the ones that tools try first.",
    parameters: {
      tries: range("tries", [40, 2000], [60, 500], [40, 59], [501, 2000]),
      rate: range("tries a minute", [4, 120], [6, 40], [4, 6], [40, 120]),
      accounts: range("accounts", [3, 14], [4, 10], [3, 3], [11, 14]),
    },
  },
  brute_force_distributed: {
    does: "Tries many passwords on one account through rented proxies, so that no address stands out.",
    parameters: {
      tries: range("tries", [30, 1000], [40, 300], [30, 39], [301, 1000]),
      rate: range("tries a minute", [1, 60], [2, 20], [1, 2], [20, 60]),
      addresses: range("addresses", [8, 300], [12, 80], [8, 11], [81, 300]),
    },
  },
  credential_stuffing: {
    does: "Replays a list of stolen names and passwords, each pair once or twice, from one address or rotating over a few.",
    parameters: {
      users: range("names", [100, 5000], [150, 800], [100, 149], [801, 3000]),
      rate: range("tries a minute and address", [3, 300], [8, 80], [3, 8], [80, 300]),
      addresses: range("addresses", [1, 4], [1, 2], [3, 4]),
      known: range("share of names that have an account", [0.05, 1], [0.2, 0.6], [0.05, 0.2], [0.6, 1]),
      again: range("share of names tried twice", [0, 0.2], [0, 0.1], [0.1, 0.2]),
      hits: range("share of known names whose password still works", [0, 0.02], [0, 0.01], [0.01, 0.02]),
    },
  },
  password_spraying: {
    does: "Tries the season's password on every name of a list, waits for the lock-out counters to fall, tries the next one.",
    parameters: {
      users: range("names", [10, 200], [15, 60], [10, 14], [61, 200]),
      rounds: range("passwords", [2, 5], [3, 4], [2, 2], [5, 5]),
      pause: range("minutes from round to round", [10, 28], [12, 20], [10, 12], [20, 28]),
    },
  },
  password_spraying_distributed: {
    does: "Sprays through many addresses, a few tries each, so that no address and no account stands out.",
    parameters: {
      users: range("names", [40, 1000], [60, 300], [40, 59], [301, 1000]),
      rounds: range("passwords", [1, 3], [1, 2], [3, 3]),
      rate: range("tries a minute", [4, 60], [6, 20], [4, 6], [20, 60]),
      addresses: range("addresses", [10, 500], [20, 100], [10, 19], [101, 500]),
    },
  },
  enumeration: {
    does: "Asks for many names whether they have an account: by logging in, by resetting the password, or by registering.",
    parameters: {
      by: oneOf("login", "reset", "registration"),
      names: range("names", [30, 5000], [50, 500], [30, 49], [501, 3000]),
      rate: range("names a minute", [3, 240], [6, 60], [3, 6], [60, 240]),
      known: range("share of names that have an account", [0, 0.2], [0, 0.1], [0.1, 0.2]),
    },
  },
  takeover_after_attack: {
    does: "Tries passwords on one account until one works, and logs in with it: at once or later, from the same address or another.",
    parameters: {
      from: oneOf("same", "other"),
      tries: range("tries", [20, 300], [25, 100], [20, 24], [101, 300]),
      rate: range("tries a minute", [3, 60], [5, 30], [3, 5], [30, 60]),
      pause: range("minutes from the last try to the log-in", [0.1, 120], [0.2, 20], [20, 120]),
    },
  },
  takeover_lasting: {
    does: "Logs in with a stolen password from a device and a place that the user never had, then locks the owner out.",
    needsPast: true,
    parameters: {
      changes: range("of password, e-mail address and second factor", [2, 3], [2, 2], [3, 3]),
      within: range("minutes", [2, 50], [5, 20], [2, 5], [20, 50]),
    },
  },
  mfa_fatigue: {
    does: "Has the password, and sends prompts to the owner's phone until he accepts one to have peace.",
    parameters: {
      prompts: range("prompts", [6, 60], [8, 25], [6, 7], [26, 60]),
      rate: range("prompts a minute", [1, 12], [2, 6], [1, 2], [6, 12]),
    },
  },
  privilege_escalation: {
    does: "Looks for what a user may not do, is refused, finds a hole, and gives an account of his a higher role.",
    parameters: {
      refusals: range("refusals", [3, 30], [4, 10], [3, 3], [11, 30]),
      within: range("minutes from the first refusal to the change", [1, 45], [2, 15], [1, 2], [15, 45]),
    },
  },
  self_grant: {
    does: "Gives himself a higher role.",
    parameters: { grants: range("grants", [1, 3], [1, 2], [3, 3]) },
  },
  mass_deletion: {
    does: "Deletes records or users one by one, or with the application's bulk function, out of spite or for ransom.",
    parameters: {
      of: oneOf("records", "users", "bulk"),
      objects: range("objects", [80, 5000], [100, 500], [80, 99], [501, 5000]),
      rate: range("objects a minute", [10, 600], [15, 100], [10, 15], [100, 600]),
    },
  },
  bulk_export: {
    does: "Takes the customers' data along before leaving, in a few large exports or many small ones.",
    parameters: {
      rows: range("rows", [50_000, 5_000_000], [100_000, 1_000_000], [50_000, 99_999], [1_000_001, 5_000_000]),
      exports: range("exports", [1, 60], [5, 20], [1, 4], [21, 60]),
      within: range("minutes", [1, 50], [5, 25], [1, 5], [25, 50]),
    },
  },
  token_reuse: {
    does: "Uses a refresh token that was stolen, after it was revoked or used up.",
    parameters: {
      uses: range("uses", [1, 30], [2, 8], [1, 1], [9, 30]),
      rate: range("uses a minute", [1, 30], [2, 10], [1, 2], [10, 30]),
    },
  },
  session_after_expiry: {
    does: "Goes on with a stolen session cookie when the session is over, from an address of his own.",
    parameters: {
      uses: range("uses", [3, 50], [4, 12], [3, 3], [13, 50]),
      rate: range("uses a minute", [1, 30], [2, 10], [1, 2], [10, 30]),
    },
  },
  impossible_travel: {
    does: "Logs in with a stolen password from another continent, shortly after the owner has logged in at home.",
    parameters: { minutes: range("minutes between the log-ins", [5, 150], [10, 60], [5, 10], [60, 150]) },
  },
  admin_from_new_place: {
    does: "Has an administrator's password and second factor, logs in from a country where he never was, and acts as administrator.",
    needsPast: true,
    parameters: {
      actions: range("administrative actions", [1, 20], [2, 6], [1, 1], [7, 20]),
      within: range("minutes", [2, 60], [5, 30], [2, 5], [30, 60]),
    },
  },
  access_denied_sweep: {
    does: "Tries one resource after the other with a user's rights to see what is open.",
    parameters: {
      resources: range("resources", [15, 1000], [20, 200], [15, 19], [201, 1000]),
      rate: range("resources a minute", [3, 120], [6, 40], [3, 6], [40, 120]),
    },
  },
  log_silence: {
    does: "Stops the logging of a service before working on it.",
    needsPast: true,
    parameters: { minutes: range("minutes", [30, 600], [45, 180], [30, 45], [180, 600]) },
  },
  log_tampering: {
    does: "Clears the audit log through the application, or takes lines out of a host's log file.",
    parameters: {
      by: oneOf("clearing", "removing"),
      minutes: range("minutes of lines removed", [3, 60], [5, 20], [3, 5], [20, 60]),
    },
  },
} as const satisfies { readonly [name: string]: Intensity };

export type AttackClass = keyof typeof intensities;

export const attackClasses = Object.keys(intensities) as AttackClass[];

/** The parameters of a class, those of every class among them. */
export function parametersOf(attackClass: AttackClass): { readonly [name: string]: NumberParameter | WordParameter } {
  return { ...intensities[attackClass].parameters, ...common };
}
