import { formatText, goFact, goFields, goLevel, isVerbose } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { Logger } from "./logger.ts";

const SOURCES = [/^k8s\.io\/klog(?:\/v\d+)?$/, /^github\.com\/golang\/glog$/];
const METHODS: Readonly<Record<string, string>> = { info: "Infof", warn: "Warningf", error: "Errorf" };

/** `klog.InfoS(msg, pairs…)`, `klog.ErrorS(err, msg, pairs…)`, `klog.V(4).Info(…)`. https://pkg.go.dev/k8s.io/klog/v2 */
export const klog: Logger = {
  id: "klog",
  title: "klog, glog",
  docs: "https://pkg.go.dev/k8s.io/klog/v2",
  languages: ["go"],
  enabledBy: { go: SOURCES },
  lineBreaks: "kept",
  textArgs: true,
  preference: 15,
  record: (view) => {
    const { call, method, receiver, origin } = view;
    if (receiver.length === 0 || !comesFrom(origin, SOURCES)) return undefined;
    const pairs = method.endsWith("S") ? goFields(call.args.slice(method === "ErrorS" ? 2 : 1)) : undefined;
    return goFact(isVerbose(view) ? "debug" : goLevel(method), call.args, pairs);
  },
  write: (line) => `${line.logger}.${METHODS[line.level]}(${formatText(line)})`,
};
