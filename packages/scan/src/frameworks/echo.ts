import { goRouter } from "./go/framework.ts";

export const echo = goRouter({
  id: "echo",
  title: "Echo",
  docs: "https://echo.labstack.com/docs",
  enabledBy: { go: [/^github\.com\/labstack\/echo(?:\/v\d+)?$/] },
  family: { packages: /^github\.com\/labstack\/echo(?:\/v\d+)?$/, handler: "first", returnsErrors: true },
  request: {
    ip: "c.RealIP()",
    actor: null,
    requestId: "c.Response().Header().Get(echo.HeaderXRequestID)",
    userAgent: "c.Request().UserAgent()",
  },
});
