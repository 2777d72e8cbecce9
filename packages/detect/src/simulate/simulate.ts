import { courses } from "./attacks/courses.ts";
import { NEXT_LINE, muteOf } from "./attacks/mutes.ts";
import type { Mute } from "./attacks/mutes.ts";
import { planAttacks } from "./attacks/plan.ts";
import { Stage } from "./attacks/stage.ts";
import type { AttackPlan } from "./attacks/stage.ts";
import { benignCourses } from "./benign/business.ts";
import { brokenJobs } from "./benign/nuisances.ts";
import { World } from "./benign/world.ts";
import type { Course, Deed, SimulatedEvent, Start } from "./event.ts";
import { Heap } from "./heap.ts";
import type { Timed } from "./heap.ts";
import type { DelayOptions, SimulationOptions } from "./options.ts";
import { Population } from "./population.ts";
import { Random, hashOf } from "./random.ts";
import { Writers } from "./services.ts";
import type { Writer } from "./services.ts";

/** A course and what comes next in it. */
interface Lane extends Timed {
  next: Deed | Start;
  readonly course: Course;
}

/** A line under way; `time` is its arrival. */
interface UnderWay extends Timed {
  readonly event: SimulatedEvent;
}

/**
 * The events of a scenario in the order in which their lines arrive. Made as they are asked for: memory holds the users, the
 * visits and attacks that are going on, and the lines under way, whatever the duration. The same options give the same events.
 * The stream ends with the duration, or with the last attack where that goes on for longer.
 */
export function simulate(options: SimulationOptions): Generator<SimulatedEvent, void, undefined> {
  const population = new Population(options.population, options.seed);
  const plans = planAttacks(options);
  const writers = new Writers(new Random(hashOf(`writers ${options.seed}`)));
  const world = new World(options, population, writers);
  world.attacksLeft = plans.length;
  const stream = new Stream(
    world,
    plans.flatMap((plan) => muteOf(plan) ?? []),
  );
  for (const course of benignCourses(world)) stream.take(course);
  for (const { course } of brokenJobs(options)) stream.take(course());
  for (const plan of plans) {
    stream.take(waiting(plan.at, () => attack(world, plan)));
  }
  return stream.events();
}

/** A course that is not made before its time. */
function* waiting(time: number, begin: () => Course): Course {
  yield { time, begin };
}

/** From its first event to its last; where lines are missing, until there is one again. */
function* attack(world: World, plan: AttackPlan): Course {
  yield* courses[plan.class](new Stage(plan, world.population, world.options.seed));
  const mute = muteOf(plan);
  if (mute !== undefined) yield* waiting(mute.until + NEXT_LINE, nothing);
  world.attacksLeft--;
}

function* nothing(): Course {}

class Stream {
  private readonly lanes = new Heap<Lane>();
  private readonly underWay = new Heap<UnderWay>();
  private readonly world: World;
  private readonly mutes: readonly Mute[];
  private readonly delay: DelayOptions;
  private readonly random: Random;
  private order = 0;
  /** The mutes of the moment, and when others come. */
  private muted: readonly Mute[] = [];
  private nextMute = Number.NEGATIVE_INFINITY;

  constructor(world: World, mutes: readonly Mute[]) {
    this.world = world;
    this.mutes = mutes;
    this.delay = world.options.delay;
    this.random = new Random(hashOf(`delay ${world.options.seed}`));
  }

  take(course: Course): void {
    const first = course.next();
    if (first.done !== true) this.lanes.push({ time: first.value.time, order: this.order++, next: first.value, course });
  }

  *events(): Generator<SimulatedEvent, void, undefined> {
    const { lanes, underWay } = this;
    for (let lane = lanes.first; lane !== undefined && !this.world.isOver(lane.time); lane = lanes.first) {
      // Whatever happens from now on arrives later than now. (In line and not a generator of its own: this runs for every event.)
      for (let line = underWay.first; line !== undefined && line.time <= lane.time; line = underWay.first) {
        underWay.pop();
        yield line.event;
      }
      const { next } = lane;
      if ("begin" in next) {
        // Out of the way first: what begins may come before what this course does next.
        lanes.pop();
        this.take(next.begin());
        this.resume(lane);
      } else {
        this.happen(next);
        this.advance(lane);
      }
    }
    for (let line = underWay.pop(); line !== undefined; line = underWay.pop()) yield line.event;
  }

  /** Goes on in the course that is first. */
  private advance(lane: Lane): void {
    const { value, done } = lane.course.next();
    if (done === true) {
      this.lanes.pop();
      return;
    }
    lane.next = value;
    lane.time = value.time;
    this.lanes.settle();
  }

  /** Goes on in a course that was taken out. */
  private resume(lane: Lane): void {
    const { value, done } = lane.course.next();
    if (done !== true) this.lanes.push({ time: value.time, order: lane.order, next: value, course: lane.course });
  }

  private happen(deed: Deed): void {
    const writer = this.world.writers.for(deed);
    if (writer === undefined) return;
    const mute = deed.attack === undefined ? this.muteAt(writer, deed.time) : undefined;
    if (mute !== undefined && !mute.numbered) return;
    const fields = this.world.writers.write(writer, deed);
    if (mute !== undefined) return;
    const time = Math.floor(deed.time);
    const arrival = Math.ceil(time + this.delayOf(deed));
    const event = deed.attack === undefined ? { time, arrival, fields } : { time, arrival, attack: deed.attack, fields };
    this.underWay.push({ time: arrival, order: this.order++, event });
  }

  private muteAt(writer: Writer, time: number): Mute | undefined {
    if (time >= this.nextMute) this.chooseMutes(time);
    for (const mute of this.muted) {
      if (mute.service === writer.service && (mute.host === undefined || mute.host === writer.host)) return mute;
    }
    return undefined;
  }

  /** Nearly always there is none, and nearly every event asks. */
  private chooseMutes(time: number): void {
    this.muted = this.mutes.filter((one) => one.from <= time && time < one.until);
    const changes = this.mutes.flatMap((one) => [one.from, one.until]).filter((change) => change > time);
    this.nextMute = Math.min(...changes, Number.POSITIVE_INFINITY);
  }

  private delayOf(deed: Deed): number {
    const { random, delay } = this;
    const held = delay.heldUp > 0 && random.chance(delay.heldUp) ? random.unit() * delay.longest : 0;
    return random.exponential(delay.usual) + held + (deed.late ?? 0);
  }
}
