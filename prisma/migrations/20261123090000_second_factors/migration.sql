-- What an organization asks of those who sign in.
CREATE TYPE second_factor_policy AS ENUM ('optional', 'required');
ALTER TABLE organization
  ADD COLUMN staff_second_factor second_factor_policy NOT NULL DEFAULT 'required',
  ADD COLUMN idle_timeout_minutes SMALLINT NOT NULL DEFAULT 30,
  ADD CONSTRAINT organization_idle_timeout_is_sensible CHECK (idle_timeout_minutes BETWEEN 5 AND 720);
-- Those that are there already decide for themselves: nobody is locked out by an update.
UPDATE organization SET staff_second_factor = 'optional';

-- How somebody signed in, when they last proved it, and when they were last here.
ALTER TABLE session
  ADD COLUMN methods TEXT[] NOT NULL DEFAULT '{password}',
  ADD COLUMN confirmed_at TIMESTAMPTZ(3),
  ADD COLUMN last_seen_at TIMESTAMPTZ(3);
UPDATE session SET confirmed_at = created_at, last_seen_at = CURRENT_TIMESTAMP;
ALTER TABLE session
  ALTER COLUMN methods DROP DEFAULT,
  ALTER COLUMN confirmed_at SET NOT NULL,
  ALTER COLUMN last_seen_at SET NOT NULL;

CREATE TABLE totp_credential (
  id UUID NOT NULL DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  secret TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  confirmed_at TIMESTAMPTZ(3),
  last_used_step BIGINT,
  failed_count INTEGER NOT NULL DEFAULT 0,
  last_failed_at TIMESTAMPTZ(3),
  CONSTRAINT totp_credential_pkey PRIMARY KEY (id),
  CONSTRAINT totp_credential_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT totp_credential_failures_are_counted CHECK (failed_count >= 0)
);
-- One in use, and one that is being set up.
CREATE UNIQUE INDEX totp_credential_one_in_use ON totp_credential (user_id) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX totp_credential_one_begun ON totp_credential (user_id) WHERE confirmed_at IS NULL;
CREATE INDEX totp_credential_user_id_idx ON totp_credential (user_id);

CREATE TABLE recovery_code (
  id UUID NOT NULL DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  code_hash BYTEA NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT recovery_code_pkey PRIMARY KEY (id),
  CONSTRAINT recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX recovery_code_user_id_code_hash_key ON recovery_code (user_id, code_hash);

CREATE TABLE sign_in_challenge (
  id UUID NOT NULL DEFAULT uuidv7(),
  token_hash BYTEA NOT NULL,
  organization_id UUID NOT NULL,
  user_id UUID NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT sign_in_challenge_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_challenge_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES membership (organization_id, user_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX sign_in_challenge_token_hash_key ON sign_in_challenge (token_hash);
CREATE INDEX sign_in_challenge_user_id_idx ON sign_in_challenge (user_id);
