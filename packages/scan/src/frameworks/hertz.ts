import { goRouter } from "./go/framework.ts";

export const hertz = goRouter({
  id: "hertz",
  title: "Hertz",
  docs: "https://www.cloudwego.io/docs/hertz/",
  enabledBy: { go: ["github.com/cloudwego/hertz"] },
  family: { packages: /^github\.com\/cloudwego\/hertz\// },
  request: { ip: "c.ClientIP()", actor: null, requestId: 'c.Request.Header.Get("X-Request-Id")', userAgent: "string(c.UserAgent())" },
});
