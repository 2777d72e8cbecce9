import { goRouter } from "./go/framework.ts";

export const iris = goRouter({
  id: "iris",
  title: "Iris",
  docs: "https://www.iris-go.com/docs/",
  enabledBy: { go: [/^github\.com\/kataras\/iris(?:\/v\d+)?$/] },
  family: { packages: /^github\.com\/kataras\/iris(?:\/v\d+)?$/ },
  request: { ip: "ctx.RemoteAddr()", actor: null, requestId: 'ctx.GetHeader("X-Request-Id")', userAgent: 'ctx.GetHeader("User-Agent")' },
});
