-- What an organization asks its patients to agree to, in versions, and what each of them decided. Both are written once.
CREATE TYPE consent_kind AS ENUM ('privacyNotice', 'telehealth');
CREATE TYPE consent_decision AS ENUM ('given', 'withdrawn');
CREATE TYPE consent_means AS ENUM ('registration', 'ownPage');

CREATE TABLE consent_text (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  kind consent_kind NOT NULL,
  version INTEGER NOT NULL,
  wordings JSONB NOT NULL,
  published_by_user_id UUID,
  published_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT consent_text_pkey PRIMARY KEY (id),
  CONSTRAINT consent_text_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT consent_text_version_is_positive CHECK (version > 0),
  CONSTRAINT consent_text_has_a_wording CHECK (wordings ?| ARRAY['en', 'ur'])
);
CREATE UNIQUE INDEX consent_text_organization_id_id_key ON consent_text (organization_id, id);
CREATE UNIQUE INDEX consent_text_organization_id_kind_version_key ON consent_text (organization_id, kind, version);

CREATE TABLE consent (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  text_id UUID NOT NULL,
  decision consent_decision NOT NULL,
  means consent_means NOT NULL,
  performer_user_id UUID NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT consent_pkey PRIMARY KEY (id),
  CONSTRAINT consent_organization_id_patient_id_fkey FOREIGN KEY (organization_id, patient_id)
    REFERENCES patient (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT consent_organization_id_text_id_fkey FOREIGN KEY (organization_id, text_id)
    REFERENCES consent_text (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX consent_patient_id_id_idx ON consent (patient_id, id);
CREATE INDEX consent_organization_id_text_id_idx ON consent (organization_id, text_id);

SELECT keep_to_tenant('consent_text');
SELECT keep_to_tenant('consent');
REVOKE UPDATE, DELETE ON consent_text, consent FROM careconnect_app, careconnect_system;
CREATE TRIGGER consent_text_append_only BEFORE UPDATE OR DELETE ON consent_text
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_text_no_truncate BEFORE TRUNCATE ON consent_text
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON consent
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
