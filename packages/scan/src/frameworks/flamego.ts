import { goRouter } from "./go/framework.ts";

export const flamego = goRouter({
  id: "flamego",
  title: "Flamego",
  docs: "https://flamego.dev/",
  enabledBy: { go: ["github.com/flamego/flamego"] },
  family: { packages: /^github\.com\/flamego\/flamego$/, returnsErrors: true },
  request: { ip: "c.RemoteAddr()", actor: null, requestId: null, userAgent: "r.UserAgent()" },
});
