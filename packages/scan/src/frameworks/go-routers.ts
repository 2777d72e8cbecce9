import { goRouter } from "./go/framework.ts";

/** Routers that are the application's own, or of a library that has no file here: believed where the handler is a function of the project. */
export const goRouters = goRouter({
  id: "go-routers",
  title: "Routers of one's own (Go)",
  docs: "https://pkg.go.dev/net/http#Handler",
  enabledBy: { always: true },
  family: { packages: /^\0$/, anywhere: true, returnsErrors: true },
});
