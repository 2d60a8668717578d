-- An agent's own account: second factors, sessions that can be told apart, choices, and a log of what concerns security.

-- What better-auth's two-factor expects, in its own words.
ALTER TABLE "user" ADD COLUMN "twoFactorEnabled" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "twoFactor" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "secret" TEXT NOT NULL,
  "backupCodes" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "verified" INTEGER,
  "failedVerificationCount" INTEGER,
  "lockedUntil" DATE
);
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");

-- What its passkeys expect.
CREATE TABLE "passkey" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,
  "publicKey" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "credentialID" TEXT NOT NULL UNIQUE,
  "counter" INTEGER NOT NULL,
  "deviceType" TEXT NOT NULL,
  "backedUp" INTEGER NOT NULL,
  "transports" TEXT,
  "createdAt" DATE,
  "aaguid" TEXT
);
CREATE INDEX "passkey_userId_idx" ON "passkey" ("userId");

-- Ours. When the agent showed last, in this session, that it is them: by a password, a code or a passkey.
ALTER TABLE "session" ADD COLUMN confirmed_at INTEGER;
ALTER TABLE "session" ADD COLUMN last_seen_at INTEGER;

-- What an agent has chosen, on whatever device. No row: nothing yet.
CREATE TABLE account_preferences (
  agent_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" ("id") ON DELETE CASCADE,
  -- NULL: as the browser prefers.
  language TEXT,
  theme TEXT,
  time_zone TEXT,
  -- What becomes of a transcript when a conversation ends.
  transcript_pdf INTEGER NOT NULL,
  transcript_email INTEGER NOT NULL
) WITHOUT ROWID;

-- Who did what about whom. Names as they were then: an account may be gone. No row holds a secret.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  -- NULL: nobody who is known, or the command line.
  actor_id TEXT,
  actor TEXT NOT NULL,
  subject_id TEXT,
  subject TEXT,
  address TEXT,
  -- JSON.
  details TEXT NOT NULL,
  -- What may come in floods is counted in one row: how often, when last, and by what it is found.
  times INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  counted_by TEXT UNIQUE
);
CREATE INDEX audit_at ON audit (at);
