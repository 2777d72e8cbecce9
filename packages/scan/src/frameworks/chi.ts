import { goRouter } from "./go/framework.ts";

export const chi = goRouter({
  id: "chi",
  title: "chi",
  docs: "https://go-chi.io/",
  enabledBy: { go: [/^github\.com\/go-chi\/chi(?:\/v\d+)?$/] },
  family: { packages: /^github\.com\/go-chi\/chi(?:\/v\d+)?$/ },
});
