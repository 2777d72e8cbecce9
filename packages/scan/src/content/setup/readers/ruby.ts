import { stringOf } from "../../../ir/literals.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import type { SetupAssign, SetupFact, SetupReader, SetupView } from "../facts.ts";
import { levelIn } from "../levels.ts";
import { JSON_LIKE, said, stringsIn } from "../reading.ts";

/** Settings of Rails and of rails_semantic_logger. https://guides.rubyonrails.org/configuring.html#config-log-level */
const rails: SetupReader = {
  loggers: ["ruby-logger", "semantic-logger"],
  languages: ["ruby"],
  mayHold: /log_level|log_formatter|filter_parameters|\.formatter\b|semantic_logger|SemanticLogger|add_appender/,
  read: (view) => [
    ...view.assigns.flatMap((one) => ofAssign(view, one)),
    ...view.calls.flatMap(({ call, method, stage }): SetupFact[] => {
      if (method !== "add_appender") return [];
      const text = view.file.text.slice(call.start, call.end);
      return [{ span: call, lineBreaks: /formatter:\s*\S*(?:json|logfmt)/i.test(text) ? "escaped" : "kept", ...(stage && { stage }) }];
    }),
  ],
};

function ofAssign(view: SetupView, { assign, fn, names, stage }: SetupAssign): SetupFact[] {
  const fact = (more: object): SetupFact[] => [{ span: { start: assign.start, end: assign.end }, ...(stage && { stage }), ...said(more) }];
  const name = names.at(-1) ?? "";
  const { value } = assign;
  if (name === "log_level" || (name === "level" && names.at(-2) === "logger")) return fact({ from: levelIn(value, view, fn) });
  if (name === "log_formatter" || name === "formatter" || (name === "format" && names.includes("rails_semantic_logger"))) {
    const text = stringOf(value) ?? namesOf(value).join(".");
    const isText = /::Logger::Formatter|Logger\.Formatter|SimpleFormatter/.test(text) || text === "default" || text === "color";
    return fact({ lineBreaks: JSON_LIKE.test(text) ? "escaped" : isText ? "kept" : "unknown" });
  }
  if (name === "filter_parameters") return fact({ redacts: stringsIn(value) });
  return [];
}

export const rubySetups: readonly SetupReader[] = [rails];
