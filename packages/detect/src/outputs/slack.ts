import { visible } from "@telltale/vocabulary";
import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import type { Level } from "../rule-ir.ts";
import { headline } from "./facts.ts";
import { defaultTimeout, endpointOf, post } from "./http.ts";
import { alertText } from "./text.ts";

/** Slack's limit for the text of a block is 3000 characters; escapes count. */
const longestBlock = 2900;

const signs: Readonly<Record<Level, string>> = {
  informational: ":information_source:",
  low: ":large_blue_circle:",
  medium: ":large_yellow_circle:",
  high: ":red_circle:",
  critical: ":rotating_light:",
};

/**
 * Posts to an incoming webhook of Slack (or of what speaks its language, such as Mattermost). What came with an event can
 * neither mention anybody nor make a link. Throws DetectError OUTPUT for what is no URL.
 */
export function createSlackOutput({ url, place = "slack" }: { readonly url: string; readonly place?: string }): Output {
  const endpoint = endpointOf(url, place);
  const closing = new AbortController();
  return {
    name: `slack ${endpoint.shown} ${endpoint.mark}`,
    deliver: (alert) => post(endpoint, JSON.stringify(slackMessage(alert)), {}, { closing: closing.signal, timeout: defaultTimeout }),
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

/** The body of the request: a headline, and the rest in a block of code. */
export function slackMessage(alert: Alert): Readonly<Record<string, unknown>> {
  const title = `${signs[alert.rule.level]} ${escaped(shortened(visible(headline(alert))))}`;
  const [, ...rest] = alertText(alert).split("\n");
  return {
    text: title,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: title, verbatim: true } },
      { type: "section", text: { type: "mrkdwn", text: `\`\`\`${fitting(rest)}\`\`\``, verbatim: true } },
    ],
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text: these three, and nothing else. A backtick would end the code; a star is only a star. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("`", "'");
}

/** As many whole lines as a block holds. */
function fitting(lines: readonly string[]): string {
  let text = "";
  for (const line of lines) {
    const next = `${text}${text === "" ? "" : "\n"}${escaped(line)}`;
    if (next.length > longestBlock) break;
    text = next;
  }
  return text;
}

function shortened(text: string): string {
  return text.length <= 250 ? text : `${text.slice(0, 249)}…`;
}
