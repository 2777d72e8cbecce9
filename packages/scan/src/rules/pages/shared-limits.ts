/** What no rule about silent outcomes can see. */
export const sharedLimits = [
  "A call that cannot be resolved makes an outcome unknown; the handler is then listed as unknown and not reported as a gap.",
  "A record that infrastructure writes (a proxy, a database trigger, an identity provider) is not seen. Name own loggers and audit sinks in telltale.yaml.",
  "A refusal in shared middleware belongs to the middleware, which is judged by itself.",
];
