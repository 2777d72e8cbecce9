import type { Writable } from "node:stream";
import { visible } from "@telltale/vocabulary";
import type { Output } from "../contract.ts";
import { causeOf } from "../errors.ts";
import { DeliveryError } from "./delivery-error.ts";
import type { Renderer } from "./renderer.ts";

/** What writing says when the reader has gone (`| head`): that is no error, and nobody waits for the rest. */
const readerGone: ReadonlySet<string> = new Set(["EPIPE", "ERR_STREAM_DESTROYED"]);

/**
 * Writes alerts to a stream that is not ours to close (standard output). Delivered when the system has taken them, or the
 * reader has gone. Texts of several lines are followed by an empty one.
 */
export function createStreamOutput(stream: Writable, renderer: Renderer, name = "stdout"): Output {
  // Without a listener a reader that goes away (`| head`) would end the process; each write says it anyway.
  const ignore = () => undefined;
  stream.on("error", ignore);
  return {
    name,
    together: 64,
    deliver: (alert) =>
      new Promise((done, failed) => {
        const text = renderer.render(alert);
        const refuse = (error: NodeJS.ErrnoException) =>
          readerGone.has(error.code ?? "") ? done() : failed(new DeliveryError(`${name}: cannot be written: ${visible(causeOf(error))}`));
        if (stream.destroyed) return done();
        if (stream.writableEnded) return refuse(new Error("it is closed"));
        stream.write(text.includes("\n") ? `${text}\n\n` : `${text}\n`, (error) => (error ? refuse(error) : done()));
      }),
    close: () => {
      // An error of a write on its way may come after this; the listener goes when nothing can come any more.
      if (stream.writableLength === 0) stream.off("error", ignore);
      return Promise.resolve();
    },
  };
}
