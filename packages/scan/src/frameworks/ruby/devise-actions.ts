/** Actions of Devise's controllers: name, method, what stands behind the scope's path. https://github.com/heartcombo/devise/blob/main/lib/devise/rails/routes.rb */
export const DEVISE_ACTIONS = {
  sessions: [
    ["new", "GET", "sign_in"],
    ["create", "POST", "sign_in"],
    ["destroy", "DELETE", "sign_out"],
  ],
  registrations: [
    ["new", "GET", "sign_up"],
    ["create", "POST", ""],
    ["edit", "GET", "edit"],
    ["update", "PATCH", ""],
    ["destroy", "DELETE", ""],
    ["cancel", "GET", "cancel"],
  ],
  passwords: [
    ["new", "GET", "password/new"],
    ["create", "POST", "password"],
    ["edit", "GET", "password/edit"],
    ["update", "PATCH", "password"],
  ],
  confirmations: [
    ["new", "GET", "confirmation/new"],
    ["create", "POST", "confirmation"],
    ["show", "GET", "confirmation"],
  ],
  unlocks: [
    ["new", "GET", "unlock/new"],
    ["create", "POST", "unlock"],
    ["show", "GET", "unlock"],
  ],
  omniauth_callbacks: [
    ["passthru", "GET", "auth/:provider"],
    ["failure", "GET", "auth/failure"],
  ],
} as const;

export type DeviseSort = keyof typeof DEVISE_ACTIONS;
