-- Whether people may make an account by themselves.
CREATE TYPE registration_policy AS ENUM ('closed', 'open');
ALTER TABLE organization ADD COLUMN registration registration_policy NOT NULL DEFAULT 'closed';

-- Links that prove that somebody reads the mail of an address.
CREATE TYPE identity_link_purpose AS ENUM ('registration', 'email_change');
CREATE TABLE identity_link (
  id UUID NOT NULL DEFAULT uuidv7(),
  purpose identity_link_purpose NOT NULL,
  email CITEXT NOT NULL,
  organization_id UUID,
  user_id UUID,
  token_hash BYTEA NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT identity_link_pkey PRIMARY KEY (id),
  CONSTRAINT identity_link_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT identity_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT identity_link_is_for_somebody CHECK (
    CASE purpose
      WHEN 'registration' THEN organization_id IS NOT NULL AND user_id IS NULL
      WHEN 'email_change' THEN organization_id IS NULL AND user_id IS NOT NULL
    END
  )
);
CREATE UNIQUE INDEX identity_link_token_hash_key ON identity_link (token_hash);
CREATE INDEX identity_link_email_created_at_idx ON identity_link (email, created_at);
CREATE INDEX identity_link_organization_id_idx ON identity_link (organization_id);
CREATE INDEX identity_link_user_id_idx ON identity_link (user_id);
