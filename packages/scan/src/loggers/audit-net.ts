import { interpolated } from "./dotnet-write.ts";
import type { Logger } from "./logger.ts";

/** Audit.NET: a scope stores its event when it is disposed of. https://github.com/thepirat000/Audit.NET#usage */
export const auditNet: Logger = {
  id: "audit-net",
  title: "Audit.NET",
  docs: "https://github.com/thepirat000/Audit.NET",
  languages: ["csharp"],
  enabledBy: { nuget: [/^Audit\.(?:NET|WebApi|Mvc|EntityFramework)/], imports: ["Audit.Core", "Audit.WebApi", "Audit.Mvc"] },
  preference: 50,
  record: ({ call, method, receiver }) => {
    if (!/^auditscope(?:factory)?$/i.test(receiver.at(-1)?.replace(/^_/, "") ?? "") || call.args.length === 0) return undefined;
    return /^(?:Log|Create|CreateAsync|LogAsync)$/.test(method) ? { level: "audit", says: call.args } : undefined;
  },
  write: (line) => `AuditScope.Log(${interpolated(line)}, new { })`,
};
