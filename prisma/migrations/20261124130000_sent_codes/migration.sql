-- A phone that its owner has shown to be theirs. The digest finds it without opening it, and is somebody's once.
ALTER TABLE user_account
  ADD COLUMN phone TEXT,
  ADD COLUMN phone_index TEXT,
  ADD COLUMN phone_verified_at TIMESTAMPTZ(3),
  ADD CONSTRAINT user_account_phone_is_verified CHECK (num_nonnulls(phone, phone_index, phone_verified_at) IN (0, 3));
CREATE UNIQUE INDEX user_account_phone_index_key ON user_account (phone_index);

CREATE TYPE sent_code_policy AS ENUM ('refused', 'allowed');
ALTER TABLE organization ADD COLUMN staff_sent_codes sent_code_policy NOT NULL DEFAULT 'refused';

CREATE TYPE code_channel AS ENUM ('sms', 'email');

-- That somebody is asked for a sent code at sign-in, and how often wrong ones came.
CREATE TABLE code_factor (
  id UUID NOT NULL DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  channel code_channel NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  failed_count INTEGER NOT NULL DEFAULT 0,
  last_failed_at TIMESTAMPTZ(3),
  CONSTRAINT code_factor_pkey PRIMARY KEY (id),
  CONSTRAINT code_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT code_factor_failures_are_counted CHECK (failed_count >= 0)
);
CREATE UNIQUE INDEX code_factor_user_id_channel_key ON code_factor (user_id, channel);

-- A code that was sent. It works once, and only for the sign-in or the session that asked for it.
CREATE TABLE sent_code (
  id UUID NOT NULL DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  channel code_channel NOT NULL,
  session_id UUID,
  sign_in_challenge_id UUID,
  code_hash BYTEA NOT NULL,
  new_phone TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT sent_code_pkey PRIMARY KEY (id),
  CONSTRAINT sent_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT sent_code_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT sent_code_sign_in_challenge_id_fkey FOREIGN KEY (sign_in_challenge_id)
    REFERENCES sign_in_challenge (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT sent_code_has_one_asker CHECK (num_nonnulls(session_id, sign_in_challenge_id) = 1),
  CONSTRAINT sent_code_proves_a_phone_by_itself CHECK (
    new_phone IS NULL OR (channel = 'sms' AND session_id IS NOT NULL)
  )
);
-- The one before it works no longer.
CREATE UNIQUE INDEX sent_code_one_works ON sent_code (user_id, channel) WHERE used_at IS NULL;
CREATE INDEX sent_code_user_id_channel_created_at_idx ON sent_code (user_id, channel, created_at);
CREATE INDEX sent_code_expires_at_idx ON sent_code (expires_at);
CREATE INDEX sent_code_session_id_idx ON sent_code (session_id);
CREATE INDEX sent_code_sign_in_challenge_id_idx ON sent_code (sign_in_challenge_id);

ALTER TABLE sent_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON sent_code TO careconnect_system USING (true);
-- As with other factors, an organization sees whether its people have one, and takes it away when it is lost.
ALTER TABLE code_factor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON code_factor TO careconnect_system USING (true);
CREATE POLICY own_member ON code_factor FOR SELECT TO careconnect_app
  USING (EXISTS (SELECT FROM membership
                  WHERE organization_id = NULLIF(current_setting('careconnect.organization_id', true), '')::uuid
                    AND user_id = code_factor.user_id));
CREATE POLICY own_member_loses ON code_factor FOR DELETE TO careconnect_app
  USING (EXISTS (SELECT FROM membership
                  WHERE organization_id = NULLIF(current_setting('careconnect.organization_id', true), '')::uuid
                    AND user_id = code_factor.user_id));
