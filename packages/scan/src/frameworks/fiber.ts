import { goRouter } from "./go/framework.ts";

export const fiber = goRouter({
  id: "fiber",
  title: "Fiber",
  docs: "https://docs.gofiber.io/",
  enabledBy: { go: [/^github\.com\/gofiber\/fiber(?:\/v\d+)?$/] },
  family: { packages: /^github\.com\/gofiber\/fiber(?:\/v\d+)?$/, returnsErrors: true },
  request: { ip: "c.IP()", actor: null, requestId: 'c.Get("X-Request-Id")', userAgent: 'c.Get("User-Agent")' },
});
