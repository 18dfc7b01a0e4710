-- Who may act for a patient: a parent for a child, a carer for an elder (FHIR RelatedPerson).
CREATE TYPE related_person_relationship AS ENUM (
  'MTH', 'FTH', 'GUARD', 'DAUC', 'SONC', 'SPS', 'GRNDCHILD', 'FAMMEMB', 'FRND'
);
CREATE TYPE related_person_status AS ENUM ('pending', 'active', 'ended');
CREATE TYPE acting_scope AS ENUM ('visits', 'records', 'decisions');

CREATE TABLE related_person (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  user_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  relationship related_person_relationship NOT NULL,
  status related_person_status NOT NULL DEFAULT 'pending',
  scopes acting_scope[] NOT NULL DEFAULT '{}',
  requested_at TIMESTAMPTZ(3) NOT NULL,
  granted_at TIMESTAMPTZ(3),
  granted_by_user_id UUID,
  ended_at TIMESTAMPTZ(3),
  ended_by_user_id UUID,
  CONSTRAINT related_person_pkey PRIMARY KEY (id),
  CONSTRAINT related_person_organization_id_user_id_fkey FOREIGN KEY (organization_id, user_id)
    REFERENCES membership (organization_id, user_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT related_person_organization_id_patient_id_fkey FOREIGN KEY (organization_id, patient_id)
    REFERENCES patient (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT related_person_is_granted_and_ended_by_somebody CHECK (
    num_nulls(granted_at, granted_by_user_id) IN (0, 2) AND num_nulls(ended_at, ended_by_user_id) IN (0, 2)
    AND (status = 'ended') = (ended_at IS NOT NULL)
    AND (status <> 'pending' OR granted_at IS NULL) AND (status <> 'active' OR granted_at IS NOT NULL)
  ),
  CONSTRAINT related_person_may_do_what_was_granted CHECK (
    CASE
      WHEN granted_at IS NULL THEN cardinality(scopes) = 0
      WHEN relationship IN ('MTH', 'FTH', 'GUARD') THEN scopes = ARRAY['visits', 'records', 'decisions']::acting_scope[]
      ELSE cardinality(scopes) > 0 AND NOT 'decisions' = ANY (scopes)
    END
  )
);
CREATE UNIQUE INDEX related_person_organization_id_id_key ON related_person (organization_id, id);
CREATE INDEX related_person_patient_id_idx ON related_person (patient_id);
CREATE INDEX related_person_organization_id_user_id_idx ON related_person (organization_id, user_id);
-- One for two people at a time; what has ended may be asked for again.
CREATE UNIQUE INDEX related_person_one_open ON related_person (organization_id, user_id, patient_id)
  WHERE status <> 'ended';

SELECT keep_to_tenant('related_person');

-- pending -> active -> ended, or pending -> ended, and nothing else of it ever changes.
CREATE FUNCTION related_person_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (('pending', 'active'), ('pending', 'ended'), ('active', 'ended')) THEN
    RAISE EXCEPTION 'a relation does not go from % to %', OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.id, OLD.user_id, OLD.patient_id, OLD.relationship, OLD.requested_at)
     IS DISTINCT FROM
     (NEW.id, NEW.user_id, NEW.patient_id, NEW.relationship, NEW.requested_at)
     OR (OLD.status = 'active' OR NEW.status = 'ended')
        AND (OLD.scopes, OLD.granted_at, OLD.granted_by_user_id)
            IS DISTINCT FROM (NEW.scopes, NEW.granted_at, NEW.granted_by_user_id) THEN
    RAISE EXCEPTION 'of a relation only its status moves on' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END;
$$;
-- Of whose organization it is, foreign keys and policies decide.
CREATE TRIGGER related_person_moves_on BEFORE UPDATE OF id, user_id, patient_id, relationship, status, scopes, requested_at,
  granted_at, granted_by_user_id, ended_at, ended_by_user_id ON related_person
  FOR EACH ROW EXECUTE FUNCTION related_person_moves_on();
