import type { Framework } from "./framework.ts";
import { railsAssigned, railsEnd } from "./ruby/answers.ts";
import { actionsOf, gatesOf, isController, rescuesOf } from "./ruby/controllers.ts";

/** Rails: actions of controllers that the routes lead to, their callbacks, and what answers errors. Devise's and Doorkeeper's controllers are such. */
export const rails: Framework = {
  id: "rails",
  title: "Ruby on Rails",
  docs: "https://guides.rubyonrails.org/action_controller_overview.html",
  languages: ["ruby"],
  enabledBy: { rubygems: ["rails", "actionpack", "railties"] },
  mayHold: /Controller\b|\brescue_from\b|\b(?:before|around)_action\b/,
  handlers: (view) =>
    view.file.containers.flatMap((container) => {
      const actions = isController(container, view.project) ? actionsOf(container, view) : [];
      return [...actions, ...gatesOf(container, view), ...rescuesOf(container, view)];
    }),
  endOfCall: railsEnd,
  endOfAssign: railsAssigned,
  // Whatever nobody rescues is logged as fatal, with its status or without.
  // https://github.com/rails/rails/blob/main/actionpack/lib/action_dispatch/middleware/debug_exceptions.rb
  logsUnhandled: () => true,
  request: {
    ip: "request.remote_ip",
    actor: "current_user&.id",
    requestId: "request.request_id",
    userAgent: "request.user_agent",
  },
};
