import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { ExposureReader } from "./exposure.ts";
import { assignsOf, callsOf, exposed, isTrue, textOf } from "./reading.ts";

/** Rails matches names by their parts: `:passw` filters `password_confirmation` as well. */
const FILTERED = /pass|pwd|\.\*|\/\.\//i;

const parameters: ExposureReader = {
  languages: ["ruby"],
  mayHold: /filter_parameters\s*=/,
  read: (view) =>
    assignsOf(view, ({ names, assign }) => names.at(-1) === "filter_parameters" && assign.update !== true).flatMap(({ assign, fn }) => {
      const text = textOf(view, assign.value);
      if (assign.value.kind !== "list" || FILTERED.test(text) || !/^[\s[\]:%\w,"'()]*$/.test(text)) return [];
      return [
        exposed(assign, fn, {
          name: "filter_parameters",
          writes: "the parameters of every request, passwords included",
          because: "Rails writes all parameters, and the list names no password.",
          instead: "config.filter_parameters += [:passw, :secret, :token, :_key, :crypt, :salt, :otp, :ssn]",
        }),
      ];
    }),
};

/** Faraday's logger writes headers unless it is told not to; a block may filter them. */
const faraday: ExposureReader = {
  languages: ["ruby"],
  mayHold: /\.response\s*\(?\s*:logger/,
  read: (view) =>
    callsOf(view, ({ method, call }) => method === "response" && stringOf(call.args[0]) === "logger").flatMap((one) => {
      const text = textOf(view, one.call);
      const options = one.call.args.find((arg) => arg.kind === "record");
      const isWithoutHeaders = /headers:\s*false/.test(text) && !isTrue(entryOf(options, "bodies"));
      const isConditional = /\b(?:if|unless)\b/.test(lineAround(view.file.text, one.call.start));
      if (/\bfilter\b/.test(text) || isWithoutHeaders || isConditional || !isSimple(one.call.args)) return [];
      return [
        exposed(one.call, one.fn, {
          name: "response :logger",
          writes: "the headers of every request that is sent, authorization included",
          because: "Faraday's logger writes headers unless it is told not to.",
          instead:
            'conn.response :logger, nil, { headers: true } do |logger| logger.filter(/(Authorization:\\s*)\\S+/, "\\1[FILTERED]") end',
        }),
      ];
    }),
};

/** Nothing among the arguments whose settings are not known. */
function isSimple(args: readonly { readonly kind: string }[]): boolean {
  return args.slice(2).every(({ kind }) => kind === "record" || kind === "function");
}

function lineAround(text: string, at: number): string {
  return text.slice(text.lastIndexOf("\n", at) + 1, (text.indexOf("\n", at) + text.length) % text.length);
}

export const rubyExposures: readonly ExposureReader[] = [parameters, faraday];
