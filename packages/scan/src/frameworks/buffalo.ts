import { goRouter } from "./go/framework.ts";

export const buffalo = goRouter({
  id: "buffalo",
  title: "Buffalo",
  docs: "https://gobuffalo.io/documentation/",
  enabledBy: { go: ["github.com/gobuffalo/buffalo"] },
  family: { packages: /^github\.com\/gobuffalo\/buffalo$/, returnsErrors: true },
  request: { ip: "c.Request().RemoteAddr", actor: null, requestId: null, userAgent: "c.Request().UserAgent()" },
});
