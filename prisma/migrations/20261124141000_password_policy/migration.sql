-- How long the passwords of an organization's staff are at the least. Below twelve nobody's is.
ALTER TABLE organization
  ADD COLUMN staff_password_min_length SMALLINT NOT NULL DEFAULT 12,
  ADD CONSTRAINT organization_staff_password_is_long CHECK (staff_password_min_length BETWEEN 12 AND 64);
