/** The kinds of detail that events have. Integers are counts unless the event says otherwise. */
export const text = { type: "string", required: true } as const;
export const optionalText = { type: "string", required: false } as const;
export const count = { type: "integer", required: true } as const;
export const optionalCount = { type: "integer", required: false } as const;
export const texts = { type: "string[]", required: true } as const;
export const flag = { type: "boolean", required: true } as const;

export const userOrAddress = {
  type: "string",
  required: true,
  description: "the user if known, else the client address",
} as const;

/** A value out of a closed list. */
export function oneOf<const V extends readonly string[]>(...values: V) {
  return { type: "enum", required: true, values } as const;
}
