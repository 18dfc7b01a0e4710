-- Signing in with an organization's own identity provider (docs/adr/0019-an-organizations-own-sign-in.md).
CREATE TYPE sso_joining AS ENUM ('members', 'anyone');

CREATE TABLE sso_connection (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  client_secret TEXT NOT NULL,
  groups_claim TEXT NOT NULL,
  joining sso_joining NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT sso_connection_pkey PRIMARY KEY (id),
  CONSTRAINT sso_connection_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX sso_connection_organization_id_key ON sso_connection (organization_id);
CREATE UNIQUE INDEX sso_connection_organization_id_id_key ON sso_connection (organization_id, id);

CREATE TABLE sso_group (
  organization_id UUID NOT NULL,
  connection_id UUID NOT NULL,
  "position" SMALLINT NOT NULL,
  group_name TEXT NOT NULL,
  role role NOT NULL,
  specialty TEXT,
  CONSTRAINT sso_group_pkey PRIMARY KEY (connection_id, "position"),
  CONSTRAINT sso_group_organization_id_connection_id_fkey FOREIGN KEY (organization_id, connection_id)
    REFERENCES sso_connection (organization_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT sso_group_is_of_staff CHECK (role <> 'patient' AND (role = 'doctor') = (specialty IS NOT NULL))
);
CREATE UNIQUE INDEX sso_group_connection_id_group_name_key ON sso_group (connection_id, group_name);
CREATE INDEX sso_group_organization_id_connection_id_idx ON sso_group (organization_id, connection_id);

CREATE TABLE sso_identity (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  user_id UUID NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT sso_identity_pkey PRIMARY KEY (id),
  CONSTRAINT sso_identity_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES membership (organization_id, user_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX sso_identity_organization_id_issuer_subject_key ON sso_identity (organization_id, issuer, subject);
CREATE UNIQUE INDEX sso_identity_organization_id_user_id_issuer_key ON sso_identity (organization_id, user_id, issuer);

CREATE TABLE sso_attempt (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  connection_id UUID NOT NULL,
  state_hash BYTEA NOT NULL,
  browser_hash BYTEA NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT sso_attempt_pkey PRIMARY KEY (id),
  CONSTRAINT sso_attempt_organization_id_connection_id_fkey FOREIGN KEY (organization_id, connection_id)
    REFERENCES sso_connection (organization_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX sso_attempt_state_hash_key ON sso_attempt (state_hash);
CREATE INDEX sso_attempt_organization_id_connection_id_idx ON sso_attempt (organization_id, connection_id);
CREATE INDEX sso_attempt_expires_at_idx ON sso_attempt (expires_at);

SELECT keep_to_tenant('sso_connection');
SELECT keep_to_tenant('sso_group');
SELECT keep_to_tenant('sso_identity');
SELECT keep_to_tenant('sso_attempt');

ALTER TABLE sign_in_challenge ADD COLUMN methods TEXT[] NOT NULL DEFAULT ARRAY['password'];
ALTER TABLE sign_in_challenge
  ADD CONSTRAINT sign_in_challenge_follows_a_first_step CHECK (methods IN (ARRAY['password'], ARRAY['sso']));

-- An account that a provider has made is that of one organization for good: without an address no link or password opens it,
-- so that nobody can prepare an account for somebody else's address by running a provider.
ALTER TABLE user_account
  ADD COLUMN made_for_organization_id UUID,
  ADD CONSTRAINT user_account_made_for_organization_id_fkey FOREIGN KEY (made_for_organization_id)
    REFERENCES organization (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  DROP CONSTRAINT user_account_guest_has_no_credentials,
  ADD CONSTRAINT user_account_has_its_own_credentials CHECK (
    CASE WHEN is_guest OR made_for_organization_id IS NOT NULL THEN email IS NULL AND password_hash IS NULL
         ELSE email IS NOT NULL END
    AND NOT (is_guest AND made_for_organization_id IS NOT NULL)
  );
CREATE INDEX user_account_made_for_organization_id_idx ON user_account (made_for_organization_id);

CREATE FUNCTION keep_made_account_to_its_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM user_account
              WHERE id = NEW.user_id AND made_for_organization_id <> NEW.organization_id) THEN
    RAISE EXCEPTION 'an account that an identity provider has made belongs to its organization alone'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER membership_keeps_made_accounts BEFORE INSERT OR UPDATE OF organization_id, user_id ON membership
  FOR EACH ROW EXECUTE FUNCTION keep_made_account_to_its_organization();
