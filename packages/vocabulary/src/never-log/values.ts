import type { SecretKind } from "./names.ts";

/** A secret that its looks give away. */
export interface SecretPattern {
  /** Written in place of the value: `[redacted:NAME]`. */
  readonly name: string;
  readonly kind: SecretKind;
  /**
   * No capturing group; nothing is asked of the text behind a run of characters, so that time grows linearly.
   * Without flags. Lengths are lower bounds: issuers lengthen their tokens.
   */
  readonly pattern: RegExp;
  /** Where the fact is published. */
  readonly source: string;
}

const gitleaks = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml";

/** Tokens with a prefix of their issuer, and hashes and keys with a frame of their own. Bearer and basic credentials, JWTs, URLs and pairs are grammar, not patterns. */
export const secretPatterns: readonly SecretPattern[] = [
  {
    name: "private_key",
    kind: "key",
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/,
    source: "RFC 7468; RFC 4880 section 6.2",
  },
  {
    name: "putty_key",
    kind: "key",
    pattern: /PuTTY-User-Key-File-\d: [^]*/,
    source: "https://the.earth.li/~sgtatham/putty/0.81/htmldoc/AppendixC.html",
  },
  { name: "age_key", kind: "key", pattern: /AGE-SECRET-KEY-1[A-Z0-9]{20,}/, source: "https://age-encryption.org/v1" },
  {
    name: "aws_access_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}(?![A-Za-z0-9])/,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
  },
  { name: "aws_bedrock_key", kind: "key", pattern: /ABSK[A-Za-z0-9+/]{100,}|bedrock-api-key-[A-Za-z0-9+/=]{20,}/, source: gitleaks },
  {
    name: "github_token",
    kind: "token",
    pattern: /gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}/,
    source: "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
  },
  {
    name: "gitlab_token",
    kind: "token",
    pattern: /gl(?:pat|dt|cbt|ptt|rt|ft|imt|agent|oas|soat|ffct|rtr|wt)-[A-Za-z0-9_.-]{20,}|GR1348941[A-Za-z0-9_-]{20,}/,
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
  },
  {
    name: "slack_token",
    kind: "token",
    pattern: /xox[a-z](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,}/,
    source: "https://docs.slack.dev/authentication/tokens",
  },
  {
    name: "webhook_url",
    kind: "token",
    pattern:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/_-]{20,}|(?:discord|discordapp)\.com\/api\/webhooks\/\d{10,}\/[\w-]{20,}|\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,}/,
    source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
  },
  {
    name: "stripe_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=_-]{16,})/,
    source: "https://docs.stripe.com/keys",
  },
  {
    name: "google_key",
    kind: "key",
    pattern: /AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,}|(?<![A-Za-z0-9/])1\/\/0[A-Za-z0-9_-]{30,}/,
    source: "https://developers.google.com/identity/protocols/oauth2; " + gitleaks,
  },
  {
    name: "anthropic_key",
    kind: "key",
    pattern: /sk-ant-[A-Za-z0-9_-]{20,}/,
    source: "https://docs.claude.com/en/api/admin-api/apikeys/get-api-key",
  },
  {
    name: "openai_key",
    kind: "key",
    pattern: /sk-(?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{20,}|(?<![A-Za-z0-9])sk-(?=[A-Za-z0-9_-]{0,40}\d)[A-Za-z0-9_-]{20,}/,
    source: "https://platform.openai.com/docs/api-reference/authentication; " + gitleaks,
  },
  { name: "xai_key", kind: "key", pattern: /(?<![A-Za-z0-9])(?:xai|gsk|pplx|r8|nvapi|csk)[-_][A-Za-z0-9_-]{30,}/, source: gitleaks },
  {
    name: "huggingface_token",
    kind: "token",
    pattern: /(?<![A-Za-z0-9])(?:hf|api_org)_[A-Za-z]{34,}/,
    source: "https://huggingface.co/docs/hub/security-tokens; " + gitleaks,
  },
  {
    name: "npm_token",
    kind: "token",
    pattern: /npm_[A-Za-z0-9]{36,}/,
    source: "https://github.blog/security/supply-chain-security/npm-secret-scanning; " + gitleaks,
  },
  { name: "pypi_token", kind: "token", pattern: /pypi-AgE[A-Za-z0-9_-]{20,}/, source: "https://pypi.org/help/#apitoken" },
  { name: "rubygems_token", kind: "token", pattern: /rubygems_[a-f0-9]{48}/, source: "https://guides.rubygems.org/api-key-scopes" },
  {
    name: "sendgrid_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
    source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
  },
  {
    name: "twilio_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])SK[0-9a-fA-F]{32}(?![A-Za-z0-9])/,
    source: "https://www.twilio.com/docs/iam/api-keys",
  },
  {
    name: "mailgun_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![A-Za-z0-9-])/,
    source: "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt",
  },
  {
    name: "mailchimp_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/,
    source: "https://mailchimp.com/developer/marketing/docs/fundamentals",
  },
  { name: "brevo_key", kind: "key", pattern: /xkeysib-[A-Za-z0-9-]{40,}|xsmtpsib-[A-Za-z0-9-]{40,}/, source: gitleaks },
  { name: "azure_secret", kind: "key", pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,}/, source: gitleaks },
  {
    name: "azure_storage_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/,
    source: "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage (64 bytes, base64)",
  },
  { name: "digitalocean_token", kind: "token", pattern: /do[opr]_v1_[a-f0-9]{64}/, source: "https://docs.digitalocean.com/reference/api" },
  { name: "heroku_key", kind: "key", pattern: /HRKU-[A-Za-z0-9_-]{30,}/, source: "https://devcenter.heroku.com/articles/oauth" },
  {
    name: "shopify_token",
    kind: "token",
    pattern: /shp(?:at|ca|pa|ss|tka|it|ua)_[a-fA-F0-9]{32,}/,
    source: "https://shopify.dev/docs/apps/build/authentication-authorization",
  },
  {
    name: "telegram_token",
    kind: "token",
    pattern: /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{32,}/,
    source: "https://core.telegram.org/bots/api#authorizing-your-bot",
  },
  {
    name: "discord_token",
    kind: "token",
    pattern: /(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}/,
    source: "https://discord.com/developers/docs/reference#authentication",
  },
  {
    name: "square_token",
    kind: "token",
    pattern: /(?<![A-Za-z0-9])(?:EAAA[A-Za-z0-9_-]{56,60}(?![A-Za-z0-9_-])|sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,})/,
    source: "https://developer.squareup.com/docs/build-basics/access-tokens",
  },
  { name: "facebook_token", kind: "token", pattern: /(?<![A-Za-z0-9])EAA[A-Za-z0-9]{80,}/, source: gitleaks },
  {
    name: "vault_token",
    kind: "token",
    pattern: /hv[sbr]\.[A-Za-z0-9_-]{24,}|(?<![A-Za-z0-9._-])s\.(?=[A-Za-z]{0,24}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9.])/,
    source: "https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes",
  },
  { name: "terraform_token", kind: "token", pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{20,}/, source: gitleaks },
  { name: "databricks_token", kind: "token", pattern: /(?<![A-Za-z0-9])dapi[a-f0-9]{32}/, source: gitleaks },
  {
    name: "atlassian_token",
    kind: "token",
    pattern: /AT(?:ATT3|CTT3|BB)[A-Za-z0-9_=-]{20,}/,
    source: "https://developer.atlassian.com/cloud/bitbucket",
  },
  {
    name: "grafana_token",
    kind: "token",
    pattern: /gl(?:sa|c)_[A-Za-z0-9+/=_]{32,}/,
    source: "https://grafana.com/docs/grafana/latest/administration/service-accounts",
  },
  { name: "sentry_token", kind: "token", pattern: /sntry[su]_[A-Za-z0-9+/=_]{32,}/, source: "https://docs.sentry.io/account/auth-tokens" },
  { name: "linear_key", kind: "key", pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/, source: gitleaks },
  {
    name: "notion_token",
    kind: "token",
    pattern: /(?<![A-Za-z0-9])ntn_[A-Za-z0-9]{40,}|(?<![A-Za-z0-9])secret_[A-Za-z0-9]{43}/,
    source: "https://developers.notion.com/changelog; " + gitleaks,
  },
  { name: "airtable_token", kind: "token", pattern: /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/, source: gitleaks },
  { name: "postman_key", kind: "key", pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/, source: gitleaks },
  { name: "planetscale_secret", kind: "password", pattern: /pscale_(?:pw|tkn|oauth)_[A-Za-z0-9=._-]{32,}/, source: gitleaks },
  {
    name: "supabase_key",
    kind: "key",
    pattern: /(?<![A-Za-z0-9])sb(?:p|_secret)_[A-Za-z0-9_-]{20,}/,
    source: "https://supabase.com/docs/guides/api/api-keys",
  },
  {
    name: "doppler_token",
    kind: "token",
    pattern: /dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,}/,
    source: "https://docs.doppler.com/reference/auth-token-formats",
  },
  { name: "dynatrace_token", kind: "token", pattern: /dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}/, source: gitleaks },
  {
    name: "newrelic_key",
    kind: "key",
    pattern: /NR(?:AK|JS|II|RA)-[A-Za-z0-9]{20,}/,
    source: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys",
  },
  { name: "fly_token", kind: "token", pattern: /(?<![A-Za-z0-9])f(?:o1|m1[ar]|m2)_[A-Za-z0-9+/=_-]{40,}/, source: gitleaks },
  { name: "pulumi_token", kind: "token", pattern: /(?<![A-Za-z0-9])pul-[a-f0-9]{40}/, source: gitleaks },
  { name: "alibaba_key", kind: "key", pattern: /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{20}/, source: gitleaks },
  { name: "artifactory_key", kind: "key", pattern: /(?<![A-Za-z0-9])AKCp[A-Za-z0-9]{64,}/, source: gitleaks },
  {
    name: "docker_token",
    kind: "token",
    pattern: /dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/,
    source: "https://docs.docker.com/security/access-tokens",
  },
  {
    name: "onepassword_token",
    kind: "token",
    pattern: /ops_eyJ[A-Za-z0-9+/_-]{40,}|(?<![A-Za-z0-9])A3-[A-Z0-9]{6}-[A-Z0-9-]{26,33}/,
    source: gitleaks,
  },
  { name: "easypost_key", kind: "key", pattern: /EZ[AT]K[A-Za-z0-9]{54}/, source: gitleaks },
  {
    name: "signed_cookie",
    kind: "session",
    pattern: /(?<![A-Za-z0-9])s(?::|%3[Aa])[A-Za-z0-9_-]{20,}\.[A-Za-z0-9+/%]{27,}=?/,
    source: "https://github.com/tj/node-cookie-signature; https://github.com/expressjs/session",
  },
  {
    name: "fernet_token",
    kind: "token",
    pattern: /(?<![A-Za-z0-9_-])gAAAAA[A-Za-z0-9_-]{60,}={0,2}/,
    source: "https://github.com/fernet/spec/blob/master/Spec.md",
  },
  {
    name: "paseto",
    kind: "token",
    pattern: /(?<![A-Za-z0-9])v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{32,}/,
    source: "https://github.com/paseto-standard/paseto-spec",
  },
  {
    name: "otpauth_uri",
    kind: "otp",
    pattern: /otpauth(?:-migration)?:\/\/[^\s"'<>]{8,}/,
    source: "https://github.com/google/google-authenticator/wiki/Key-Uri-Format",
  },
  {
    name: "password_hash",
    kind: "hash",
    pattern:
      /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{22,}|\$argon2(?:id|i|d)\$[^\s"']{20,}|\$(?:1|5|6|7|y|gy|scrypt|pbkdf2[a-z0-9-]*)\$[./A-Za-z0-9$=,+-]{20,}|pbkdf2_sha\d+\$\d+\$[^\s"']{20,}|(?<![A-Za-z0-9])scrypt:\d+:\d+:\d+\$[^\s"']{20,}/,
    source: "https://passlib.readthedocs.io/en/stable/modular_crypt_format.html",
  },
];
