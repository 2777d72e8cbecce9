import type { Fields, FieldValue, SecurityEvent } from "../event.ts";
import { fieldReader } from "../fields.ts";
import type { FieldReader } from "../fields.ts";
import type { Interner } from "./state/interner.ts";
import { textOf } from "./state/interner.ts";
import type { Rows } from "./state/rows.ts";

/**
 * The event that is being judged. Each field that any rule groups or counts by is a column: read and looked up once an
 * event, however many rules use it.
 */
export class EventView {
  time = 0;
  seq = 0;
  fields: Fields = {};
  /** Grows with each event shown: what was found out of an event is stamped with it. */
  epoch = 0;
  readonly #interner: Interner;
  readonly #rows: Rows;
  readonly #columns = new Map<string, number>();
  readonly #readers: FieldReader[] = [];
  readonly #numbers: number[] = [];
  readonly #stamps: number[] = [];
  #event: SecurityEvent | undefined;
  #row = 0;

  constructor(interner: Interner, rows: Rows) {
    this.#interner = interner;
    this.#rows = rows;
  }

  column(path: string): number {
    const known = this.#columns.get(path);
    if (known !== undefined) return known;
    const column = this.#readers.length;
    this.#columns.set(path, column);
    this.#readers.push(fieldReader(path));
    this.#numbers.push(0);
    this.#stamps.push(-1);
    return column;
  }

  show(event: SecurityEvent): void {
    this.epoch += 1;
    this.time = event.time;
    this.seq = event.seq;
    this.fields = event.fields;
    this.#event = event;
    this.#row = 0;
  }

  /** Shows none: what comes now is told of events of the past. */
  hide(): void {
    this.epoch += 1;
    this.#event = undefined;
    this.#row = -1;
  }

  /** Shows an event of the past; false where its fields are no longer held. */
  showRow(row: number, known?: Fields): boolean {
    const fields = known ?? this.#rows.fields(row);
    if (fields === undefined) return false;
    this.epoch += 1;
    this.time = this.#rows.time(row);
    this.seq = this.#rows.seq(row);
    this.fields = fields;
    this.#event = undefined;
    this.#row = row;
    return true;
  }

  /** The event's row, made when the first rule wants to keep it. */
  row(): number {
    if (this.#row === 0) this.#row = this.#rows.add(this.#event!);
    return this.#row;
  }

  isRow(row: number): boolean {
    return this.#row === row;
  }

  /** The number of the field's text; 0 where there is none. */
  number(column: number): number {
    if (this.#stamps[column] === this.epoch) return this.#numbers[column]!;
    const text = textOf(this.#readers[column]!(this.fields));
    const number = text === null ? 0 : this.#interner.number(text);
    this.#stamps[column] = this.epoch;
    this.#numbers[column] = number;
    return number;
  }

  value(column: number): FieldValue {
    return this.#readers[column]!(this.fields);
  }
}
