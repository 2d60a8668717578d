-- The directory: accounts, contacts, canned responses, and the index of conversations.
-- Append-only: once released, a change is a new file beside this one.
-- Every index costs a billed row per write, so there is one only where a query needs it.

-- What better-auth expects, in its own words. username and role are ours.

CREATE TABLE "user" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL UNIQUE,
  "emailVerified" INTEGER NOT NULL,
  "image" TEXT,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL,
  "username" TEXT NOT NULL UNIQUE
    CHECK (length("username") BETWEEN 2 AND 30 AND "username" NOT GLOB '*[^a-z0-9._-]*'),
  "role" TEXT NOT NULL CHECK ("role" IN ('admin', 'manager', 'monitor', 'agent'))
);

CREATE TABLE "session" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "expiresAt" DATE NOT NULL,
  "token" TEXT NOT NULL UNIQUE,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL,
  "ipAddress" TEXT,
  "userAgent" TEXT,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "account" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "accountId" TEXT NOT NULL,
  "providerId" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "accessToken" TEXT,
  "refreshToken" TEXT,
  "idToken" TEXT,
  "accessTokenExpiresAt" DATE,
  "refreshTokenExpiresAt" DATE,
  "scope" TEXT,
  "password" TEXT,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL
);

CREATE TABLE "verification" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "identifier" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "expiresAt" DATE NOT NULL,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL
);

CREATE INDEX "session_userId_idx" ON "session" ("userId");
CREATE INDEX "account_userId_idx" ON "account" ("userId");
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

-- Ours. Times are epoch milliseconds.

CREATE TABLE membership (
  agent_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  department_id TEXT NOT NULL,
  PRIMARY KEY (agent_id, department_id)
) WITHOUT ROWID;

-- The stored record of a visitor. Later channels bring contacts that were never visitors.
CREATE TABLE contact (
  id TEXT NOT NULL PRIMARY KEY,
  visitor_id TEXT UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A projection of the conversations' logs, which are the truth. seq fences it: an older word is ignored.
CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  department_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  visitor_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'serving', 'closed')),
  agent_id TEXT,
  agent_name TEXT,
  preview TEXT NOT NULL,
  previous_id TEXT,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) WITHOUT ROWID;

-- Holds the department too, so that a list of some departments skips the others without reading rows.
CREATE INDEX conversation_closed ON conversation (closed_at, department_id)
WHERE closed_at IS NOT NULL;

CREATE TABLE canned_response (
  id TEXT NOT NULL PRIMARY KEY,
  shortcut TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('everyone', 'department', 'agent')),
  department_id TEXT,
  agent_id TEXT REFERENCES "user" ("id") ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((scope = 'department') = (department_id IS NOT NULL)),
  CHECK ((scope = 'agent') = (agent_id IS NOT NULL))
) WITHOUT ROWID;
