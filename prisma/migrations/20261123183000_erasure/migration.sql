-- Patients who ask to be erased. Their rows go; what must be kept by law is held in one piece, where nobody works with it.
ALTER TABLE organization
  ADD COLUMN record_retention_years SMALLINT NOT NULL DEFAULT 10,
  ADD CONSTRAINT organization_keeps_records_for_years CHECK (record_retention_years BETWEEN 1 AND 100);

CREATE TYPE erasure_state AS ENUM ('open', 'accepted', 'refused');

-- Without a foreign key to the patient: it outlives them.
CREATE TABLE erasure_request (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  state erasure_state NOT NULL DEFAULT 'open',
  requested_at TIMESTAMPTZ(3) NOT NULL,
  due_at TIMESTAMPTZ(3) NOT NULL,
  decided_at TIMESTAMPTZ(3),
  decided_by_user_id UUID,
  reason TEXT,
  CONSTRAINT erasure_request_pkey PRIMARY KEY (id),
  CONSTRAINT erasure_request_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT erasure_request_is_decided_by_somebody CHECK (
    num_nulls(decided_at, decided_by_user_id) = CASE state WHEN 'open' THEN 2 ELSE 0 END
    AND (reason IS NOT NULL) = (state = 'refused')
  )
);
CREATE UNIQUE INDEX erasure_request_organization_id_id_key ON erasure_request (organization_id, id);
CREATE INDEX erasure_request_organization_id_requested_at_idx ON erasure_request (organization_id, requested_at);
-- A patient has one open request.
CREATE UNIQUE INDEX erasure_request_one_open ON erasure_request (patient_id) WHERE state = 'open';

CREATE TABLE held_record (
  id UUID NOT NULL,
  organization_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  content TEXT NOT NULL,
  held_until DATE NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT held_record_pkey PRIMARY KEY (id),
  CONSTRAINT held_record_organization_id_id_fkey FOREIGN KEY (organization_id, id)
    REFERENCES erasure_request (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX held_record_organization_id_id_key ON held_record (organization_id, id);
CREATE INDEX held_record_held_until_idx ON held_record (held_until);

-- The voice notes and stills of a held record.
CREATE TABLE held_file (
  organization_id UUID NOT NULL,
  record_id UUID NOT NULL,
  address TEXT NOT NULL,
  CONSTRAINT held_file_pkey PRIMARY KEY (record_id, address),
  CONSTRAINT held_file_organization_id_record_id_fkey FOREIGN KEY (organization_id, record_id)
    REFERENCES held_record (organization_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT held_file_organization_id_address_fkey FOREIGN KEY (organization_id, address)
    REFERENCES stored_file (organization_id, address) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX held_file_organization_id_address_idx ON held_file (organization_id, address);

SELECT keep_to_tenant('erasure_request');
SELECT keep_to_tenant('held_record');
SELECT keep_to_tenant('held_file');

-- Histories, consents and emergency accesses are written once, and go with the patient whose they are: by this function and in no other way.
CREATE FUNCTION refuse_change_but_forgetting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('careconnect.forgetting', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END;
$$;
DROP TRIGGER visit_event_append_only ON visit_event;
CREATE TRIGGER visit_event_append_only BEFORE UPDATE ON visit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER visit_event_is_only_forgotten BEFORE DELETE ON visit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();
DROP TRIGGER consent_append_only ON consent;
CREATE TRIGGER consent_append_only BEFORE UPDATE ON consent
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_is_only_forgotten BEFORE DELETE ON consent
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();
DROP TRIGGER emergency_access_append_only ON emergency_access;
CREATE TRIGGER emergency_access_append_only BEFORE UPDATE ON emergency_access
  FOR EACH ROW EXECUTE FUNCTION refuse_change('reason');
CREATE TRIGGER emergency_access_is_only_forgotten BEFORE DELETE ON emergency_access
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();
DROP TRIGGER emergency_access_review_append_only ON emergency_access_review;
CREATE TRIGGER emergency_access_review_append_only BEFORE UPDATE ON emergency_access_review
  FOR EACH ROW EXECUTE FUNCTION refuse_change('note');
CREATE TRIGGER emergency_access_review_is_only_forgotten BEFORE DELETE ON emergency_access_review
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();

-- In the name of the owner, because nobody else may delete there; and of nobody whose record is not held.
CREATE FUNCTION forget_history(organization uuid, forgotten uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM held_record WHERE organization_id = organization AND patient_id = forgotten) THEN
    RAISE EXCEPTION 'the record of % is not held', forgotten;
  END IF;
  PERFORM set_config('careconnect.forgetting', 'on', true);
  DELETE FROM visit_event USING visit
   WHERE visit.organization_id = organization AND visit.patient_id = forgotten
     AND visit_event.organization_id = organization AND visit_event.visit_id = visit.id;
  DELETE FROM consent WHERE organization_id = organization AND patient_id = forgotten;
  DELETE FROM emergency_access_review USING emergency_access
   WHERE emergency_access.organization_id = organization AND emergency_access.patient_id = forgotten
     AND emergency_access_review.organization_id = organization
     AND emergency_access_review.emergency_access_id = emergency_access.id;
  DELETE FROM emergency_access WHERE organization_id = organization AND patient_id = forgotten;
  PERFORM set_config('careconnect.forgetting', '', true);
END;
$$;
REVOKE EXECUTE ON FUNCTION forget_history FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_history TO careconnect_system;
