-- What an invitation promises, and who gave it.
ALTER TABLE identity_link
  ADD COLUMN role role,
  ADD COLUMN person_name TEXT,
  ADD COLUMN specialty TEXT,
  ADD COLUMN invited_by_user_id UUID,
  ADD CONSTRAINT identity_link_invited_by_user_id_fkey FOREIGN KEY (invited_by_user_id) REFERENCES user_account (id)
    ON DELETE SET NULL ON UPDATE CASCADE,
  DROP CONSTRAINT identity_link_is_for_somebody,
  ADD CONSTRAINT identity_link_is_for_somebody CHECK (
    CASE purpose
      WHEN 'registration' THEN organization_id IS NOT NULL AND user_id IS NULL
      WHEN 'email_change' THEN organization_id IS NULL AND user_id IS NOT NULL
      WHEN 'invitation' THEN organization_id IS NOT NULL AND user_id IS NULL
    END
  ),
  ADD CONSTRAINT identity_link_invites_to_a_role CHECK (
    CASE purpose
      WHEN 'invitation' THEN role IS NOT NULL AND role <> 'patient' AND person_name IS NOT NULL
        AND (role = 'doctor') = (specialty IS NOT NULL)
      ELSE role IS NULL AND person_name IS NULL AND specialty IS NULL AND invited_by_user_id IS NULL
    END
  );
CREATE INDEX identity_link_invited_by_user_id_idx ON identity_link (invited_by_user_id);
-- An address has one open invitation of an organization: the next takes its place.
CREATE UNIQUE INDEX identity_link_one_open_invitation ON identity_link (organization_id, email)
  WHERE purpose = 'invitation' AND used_at IS NULL;
