-- What was wrong about a patient, and who put it right. Written once, and gone with the patient.
CREATE TABLE patient_correction (
  id UUID NOT NULL DEFAULT uuidv7(),
  organization_id UUID NOT NULL,
  patient_id UUID NOT NULL,
  by_user_id UUID NOT NULL,
  changes TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT patient_correction_pkey PRIMARY KEY (id),
  CONSTRAINT patient_correction_organization_id_patient_id_fkey FOREIGN KEY (organization_id, patient_id)
    REFERENCES patient (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX patient_correction_organization_id_id_key ON patient_correction (organization_id, id);
CREATE INDEX patient_correction_organization_id_patient_id_at_idx
  ON patient_correction (organization_id, patient_id, at);

-- What is encrypted may be encrypted anew.
CREATE TRIGGER patient_correction_append_only BEFORE UPDATE ON patient_correction
  FOR EACH ROW EXECUTE FUNCTION refuse_change('changes');
CREATE TRIGGER patient_correction_is_only_forgotten BEFORE DELETE ON patient_correction
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();

SELECT keep_to_tenant('patient_correction');
REVOKE UPDATE, DELETE ON patient_correction FROM careconnect_app, careconnect_system;

-- As before, and the corrections too.
CREATE OR REPLACE FUNCTION forget_history(organization uuid, forgotten uuid) RETURNS void
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
  DELETE FROM patient_correction WHERE organization_id = organization AND patient_id = forgotten;
  PERFORM set_config('careconnect.forgetting', '', true);
END;
$$;
