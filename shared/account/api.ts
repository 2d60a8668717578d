// Bodies of the routes for an agent's own account, requests and answers.

import * as v from 'valibot';
import { lineSchema, notBlank } from '#shared/text-schema.ts';
import { deviceSchema } from '#shared/identity.ts';
import { newPasswordSchema, triedPasswordSchema } from './password.ts';

/** As long as `npm run admin` allows. */
export const AGENT_NAME_CHARACTERS = 60;
const PASSKEY_NAME_CHARACTERS = 60;
export const CODE_CHARACTERS = 6;
/** As recovery codes are written, with room for blanks. */
const MOST_CODE_CHARACTERS = 20;

/** Of an authenticator app or, where `isRecovery`, one that was written down. */
export const secondFactorBody = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.nonEmpty('a code'), v.maxLength(MOST_CODE_CHARACTERS)),
  isRecovery: v.boolean(),
});
export type SecondFactor = v.InferOutput<typeof secondFactorBody>;

/** `POST /api/session` answers with it when the password alone is not enough. */
export const signInNextBody = v.object({ next: v.literal('second-factor') });

/** `POST /api/session/confirmation`: the agent shows again that it is them. */
export const confirmationBody = v.union([
  v.strictObject({ password: triedPasswordSchema }),
  v.strictObject({ code: secondFactorBody.entries.code }),
]);
export type Confirmation = v.InferOutput<typeof confirmationBody>;

/** `PUT /api/me/name` */
export const profileBody = v.strictObject({
  name: v.pipe(lineSchema, notBlank('a name'), v.maxLength(AGENT_NAME_CHARACTERS)),
});

/** `PUT /api/me/password` */
export const passwordBody = v.strictObject({
  current: triedPasswordSchema,
  next: newPasswordSchema,
  /** Whether all other sessions end. */
  endOthers: v.boolean(),
});

/** `POST /api/password-resets` */
export const passwordResetBody = v.strictObject({
  token: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  password: newPasswordSchema,
});

const passkeyName = v.pipe(lineSchema, notBlank('a name'), v.maxLength(PASSKEY_NAME_CHARACTERS));

const encoded = v.pipe(v.string(), v.nonEmpty(), v.maxLength(16_384));

/** What every browser's WebAuthn answers with, as JSON. What is in it is verified, not read. */
const credential = {
  id: encoded,
  rawId: encoded,
  type: v.literal('public-key'),
  clientExtensionResults: v.object({}),
};
const newCredentialSchema = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: v.optional(v.array(v.pipe(v.string(), v.maxLength(20))), []),
  }),
});
const usedCredentialSchema = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: v.exactOptional(encoded),
  }),
});

/** `POST /api/me/passkeys` */
export const newPasskeyBody = v.strictObject({
  name: passkeyName,
  credential: newCredentialSchema,
});
/** `PUT /api/me/passkeys/:id` */
export const passkeyNameBody = v.strictObject({ name: passkeyName });
/** `POST /api/session/passkey` */
export const passkeySignInBody = v.strictObject({ credential: usedCredentialSchema });

export const passkeyBody = v.object({
  id: v.string(),
  name: v.string(),
  /** Epoch milliseconds. */
  addedAt: v.number(),
  /** Whether it is kept on more than one device, by the system's or a password manager's account. */
  isSynced: v.boolean(),
});
export type UsedCredential = v.InferOutput<typeof usedCredentialSchema>;
export type Passkey = v.InferOutput<typeof passkeyBody>;

/** `GET /api/me/security` */
export const securityBody = v.object({
  twoFactor: v.object({
    isOn: v.boolean(),
    /** Whether the agent's role must have it. */
    isRequired: v.boolean(),
    /** How many recovery codes are still good. */
    recoveryCodes: v.number(),
  }),
  passkeys: v.array(passkeyBody),
});
export type Security = v.InferOutput<typeof securityBody>;

/** `POST /api/me/two-factor`: what an authenticator app takes, as a picture or typed. */
export const twoFactorSecretBody = v.object({ uri: v.string() });
/** `POST /api/me/two-factor/confirmation` */
export const twoFactorCodeBody = v.strictObject({ code: secondFactorBody.entries.code });
/** Answers that show recovery codes, each for the only time. */
export const recoveryCodesBody = v.object({ recoveryCodes: v.array(v.string()) });

/** `GET /api/sessions` */
export const sessionsBody = v.object({
  sessions: v.array(
    v.object({
      id: v.string(),
      /** Whether the request came in it. */
      isThis: v.boolean(),
      device: deviceSchema,
      /** Epoch milliseconds. */
      beganAt: v.number(),
      lastSeenAt: v.number(),
    }),
  ),
});
export type Sessions = v.InferOutput<typeof sessionsBody>;
