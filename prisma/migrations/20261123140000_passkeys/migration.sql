-- What somebody signs in with in the place of a password, or besides it.
CREATE TABLE passkey (
  id UUID NOT NULL DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  credential_id BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  sign_count BIGINT NOT NULL,
  transports TEXT[] NOT NULL,
  device_type TEXT NOT NULL,
  is_backed_up BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_used_at TIMESTAMPTZ(3),
  CONSTRAINT passkey_pkey PRIMARY KEY (id),
  CONSTRAINT passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT passkey_signatures_are_counted CHECK (sign_count >= 0),
  CONSTRAINT passkey_device_type_is_known CHECK (device_type IN ('singleDevice', 'multiDevice'))
);
CREATE UNIQUE INDEX passkey_credential_id_key ON passkey (credential_id);
CREATE INDEX passkey_user_id_idx ON passkey (user_id);

CREATE TYPE webauthn_purpose AS ENUM ('registration', 'authentication');
CREATE TABLE webauthn_challenge (
  id UUID NOT NULL DEFAULT uuidv7(),
  challenge_hash BYTEA NOT NULL,
  purpose webauthn_purpose NOT NULL,
  user_id UUID,
  session_id UUID,
  sign_in_challenge_id UUID,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT webauthn_challenge_pkey PRIMARY KEY (id),
  CONSTRAINT webauthn_challenge_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT webauthn_challenge_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT webauthn_challenge_sign_in_challenge_id_fkey FOREIGN KEY (sign_in_challenge_id)
    REFERENCES sign_in_challenge (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- Asked of nobody yet, of a sign-in that waits, or of somebody who is signed in.
  CONSTRAINT webauthn_challenge_has_one_asker CHECK (
    num_nonnulls(session_id, sign_in_challenge_id) = num_nonnulls(user_id)
    AND (purpose = 'authentication' OR session_id IS NOT NULL)
  )
);
CREATE UNIQUE INDEX webauthn_challenge_challenge_hash_key ON webauthn_challenge (challenge_hash);
CREATE INDEX webauthn_challenge_expires_at_idx ON webauthn_challenge (expires_at);
CREATE INDEX webauthn_challenge_user_id_idx ON webauthn_challenge (user_id);
CREATE INDEX webauthn_challenge_session_id_idx ON webauthn_challenge (session_id);
CREATE INDEX webauthn_challenge_sign_in_challenge_id_idx ON webauthn_challenge (sign_in_challenge_id);

-- They belong to a person in all of their organizations, and challenges to nobody yet: both are for the system alone.
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON passkey TO careconnect_system USING (true);
ALTER TABLE webauthn_challenge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON webauthn_challenge TO careconnect_system USING (true);
