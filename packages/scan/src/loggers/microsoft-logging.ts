import type { DetailName } from "@telltale/vocabulary";
import { isLoggerReceiver } from "./by-name.ts";
import { DOTNET_LEVELS, template } from "./dotnet-write.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf } from "./message.ts";

const METHODS: Readonly<Record<string, string>> = { info: "LogInformation", warn: "LogWarning", error: "LogError" };

/**
 * Events of Duende IdentityServer and IdentityServer4, which their own sink writes to the log.
 * https://docs.duendesoftware.com/identityserver/diagnostics/events/
 */
const IDENTITY_EVENT =
  /^(?:UserLogin|UserLogout|Consent|Grants|ClientAuthentication|ApiAuthentication|TokenIssued|TokenRevoked|TokenIntrospection|DeviceAuthorization|InvalidClientConfiguration)(Success|Failure|Granted|Denied|Revoked)?Event$/;

/** The service that raises them fills in where the request came from and its ID. */
const EVENT_GIVES: readonly DetailName[] = ["event", "outcome", "source IP", "request ID"];

/** `ILogger` and what is called a logger and has its methods; `BeginScope` writes nothing. */
export const microsoftLogging: Logger = {
  id: "microsoft-logging",
  title: "Microsoft.Extensions.Logging",
  docs: "https://learn.microsoft.com/dotnet/core/extensions/logging",
  languages: ["csharp"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  namedPlaces: true,
  preference: 10,
  record: (view) => {
    const level = levelOf(view);
    if (level !== undefined) return factOf(level, view.call.args);
    const ofEvent = levelOfEvent(view);
    return ofEvent === undefined ? undefined : { level: ofEvent, says: view.call.args, gives: EVENT_GIVES };
  },
  write: (line) => `${line.logger}.${METHODS[line.level]}(${template(line)})`,
};

/** `_events.RaiseAsync(new UserLoginSuccessEvent(…))`. */
function levelOfEvent({ call, method }: CallView): Level | undefined {
  const [event] = call.args;
  if (method !== "RaiseAsync" || event?.kind !== "call" || event.creates !== true || event.callee.kind !== "name") return undefined;
  const [whole, outcome] = IDENTITY_EVENT.exec(event.callee.name) ?? [];
  return whole === undefined ? undefined : outcome === "Failure" || outcome === "Denied" ? "error" : "info";
}

function levelOf(view: CallView): Level | undefined {
  const { method, call } = view;
  const named = /^Log(Trace|Debug|Information|Warning|Error|Critical)$/.exec(method)?.[1];
  if (named !== undefined) return DOTNET_LEVELS[named.toLowerCase()];
  if (method !== "Log" || !(comesFrom(view.origin, ["ILogger", /\bILogger$/]) || isLoggerReceiver(view.receiver))) return undefined;
  const first = call.args[0];
  const level = first?.kind === "member" ? first.property : undefined;
  return level === undefined || level === null ? undefined : DOTNET_LEVELS[level.toLowerCase()];
}
