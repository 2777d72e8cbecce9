/** Why an alert was not delivered; the message is for people and holds no secret. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** The other side asks not to be tried again sooner. Milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}
