import type { AttackCourse } from "./stage.ts";

/** One account, a few addresses in turn. */
export const bruteForceAccount: AttackCourse = function* (stage) {
  const victim = stage.population.regulars(stage.random, 1)[0]?.id ?? "root";
  const addresses = stage.number("addresses");
  let time = stage.at;
  for (let one = 0; one < stage.number("tries"); one++) {
    yield stage.failure(time, victim, stage.address(one % addresses));
    time += stage.gap(stage.number("rate"));
  }
};

/** One address, a few accounts: some that exist, some that tools always try. */
export const bruteForceSource: AttackCourse = function* (stage) {
  const usual = ["admin", "administrator", "root", "test", "support", "demo"];
  const count = stage.number("accounts");
  const real = stage.population.regulars(stage.random, Math.ceil(count / 2)).map((user) => user.id);
  const names = [...real, ...stage.random.sample(usual, count - real.length), ...usual].slice(0, count);
  while (names.length < count) names.push(stage.unknownName());
  let time = stage.at;
  for (let one = 0; one < stage.number("tries"); one++) {
    const name = stage.random.pick(names);
    yield stage.failure(time, name, stage.address(0), real.includes(name) ? "bad_password" : "unknown_user");
    time += stage.gap(stage.number("rate"));
  }
};

/** One account, an address drawn anew for each try. */
export const bruteForceDistributed: AttackCourse = function* (stage) {
  const victim = stage.population.regulars(stage.random, 1)[0]?.id ?? "root";
  let time = stage.at;
  for (let one = 0; one < stage.number("tries"); one++) {
    yield stage.failure(time, victim, stage.address(stage.random.whole(0, stage.number("addresses") - 1)));
    time += stage.gap(stage.number("rate"));
  }
};
