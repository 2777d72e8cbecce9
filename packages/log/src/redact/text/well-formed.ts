/** In every Node.js since 20; in TypeScript's library since ES2024. */
interface WellFormed {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/** The text with U+FFFD for halves of surrogate pairs, which no UTF-8 can hold. */
export function wellFormed(text: string): string {
  const methods = text as unknown as WellFormed;
  return methods.isWellFormed() ? text : methods.toWellFormed();
}
