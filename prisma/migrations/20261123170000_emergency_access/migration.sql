-- A doctor opens the chart of somebody who is not in her care, and says why (docs/adr/0020-break-glass.md).
CREATE TYPE emergency_access_category AS ENUM ('emergency', 'covering', 'patient_asked', 'other');
CREATE TABLE emergency_access (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  practitioner_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  category emergency_access_category NOT NULL,
  reason TEXT NOT NULL,
  opened_at TIMESTAMPTZ(3) NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT emergency_access_pkey PRIMARY KEY (id),
  CONSTRAINT emergency_access_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT emergency_access_organization_id_practitioner_id_fkey FOREIGN KEY (organization_id, practitioner_id)
    REFERENCES practitioner (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT emergency_access_organization_id_patient_id_fkey FOREIGN KEY (organization_id, patient_id)
    REFERENCES patient (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT emergency_access_ends_after_it_begins CHECK (expires_at > opened_at),
  -- One at a time: another may follow with another reason, and none is made longer.
  CONSTRAINT emergency_access_one_at_a_time EXCLUDE USING gist (
    practitioner_id WITH =, patient_id WITH =, tstzrange(opened_at, expires_at) WITH &&
  )
);
CREATE UNIQUE INDEX emergency_access_organization_id_id_key ON emergency_access (organization_id, id);
CREATE INDEX emergency_access_organization_id_opened_at_id_idx ON emergency_access (organization_id, opened_at, id);
CREATE INDEX emergency_access_practitioner_id_patient_id_expires_at_idx
  ON emergency_access (practitioner_id, patient_id, expires_at);

CREATE TABLE emergency_access_review (
  emergency_access_id UUID NOT NULL,
  organization_id UUID NOT NULL,
  reviewer_user_id UUID NOT NULL,
  note TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT emergency_access_review_pkey PRIMARY KEY (emergency_access_id),
  CONSTRAINT emergency_access_review_organization_id_emergency_access_i_fkey
    FOREIGN KEY (organization_id, emergency_access_id) REFERENCES emergency_access (organization_id, id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT emergency_access_review_organization_id_reviewer_user_id_fkey
    FOREIGN KEY (organization_id, reviewer_user_id) REFERENCES membership (organization_id, user_id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX emergency_access_review_organization_id_emergency_access_id_key
  ON emergency_access_review (organization_id, emergency_access_id);
CREATE INDEX emergency_access_review_organization_id_reviewer_user_id_idx
  ON emergency_access_review (organization_id, reviewer_user_id);

-- Written once; what is encrypted may be encrypted anew.
CREATE TRIGGER emergency_access_append_only BEFORE UPDATE OR DELETE ON emergency_access
  FOR EACH ROW EXECUTE FUNCTION refuse_change('reason');
CREATE TRIGGER emergency_access_review_append_only BEFORE UPDATE OR DELETE ON emergency_access_review
  FOR EACH ROW EXECUTE FUNCTION refuse_change('note');

SELECT keep_to_tenant('emergency_access');
SELECT keep_to_tenant('emergency_access_review');
REVOKE UPDATE, DELETE ON emergency_access, emergency_access_review FROM careconnect_app, careconnect_system;
