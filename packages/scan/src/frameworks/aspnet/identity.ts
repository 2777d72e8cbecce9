import type { CallExpr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { methodOf } from "../reading.ts";

/**
 * Methods of ASP.NET Core Identity that say by their result whether what somebody proved themselves with is good.
 * https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.identity.signinmanager-1, …/usermanager-1
 */
const PROVING: ReadonlySet<string> = new Set([
  ...["PasswordSignInAsync", "CheckPasswordSignInAsync", "TwoFactorSignInAsync", "TwoFactorAuthenticatorSignInAsync"],
  ...["TwoFactorRecoveryCodeSignInAsync", "ExternalLoginSignInAsync", "PasskeySignInAsync"],
  ...[
    "ChangePasswordAsync",
    "ResetPasswordAsync",
    "ConfirmEmailAsync",
    "ChangeEmailAsync",
    "ChangePhoneNumberAsync",
    "RedeemTwoFactorRecoveryCodeAsync",
  ],
]);

export function endOfIdentityCall(call: CallExpr): End | undefined {
  return PROVING.has(methodOf(call)) ? { decides: true } : undefined;
}
