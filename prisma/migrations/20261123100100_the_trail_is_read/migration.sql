-- What administrators and patients look for in the trail. These indexes have sealed rows alone, so that they are written by
-- the sealer and cost nothing while a request waits; the few that wait for their seal are found by that.
CREATE INDEX audit_event_by_person ON audit_event (organization_id, actor_user_id, at)
  WHERE seal_number IS NOT NULL;
CREATE INDEX audit_event_by_action ON audit_event (organization_id, action, at)
  WHERE seal_number IS NOT NULL;
CREATE INDEX audit_event_not_done ON audit_event (organization_id, outcome, at)
  WHERE seal_number IS NOT NULL AND outcome <> 'success';

-- In whose lists and searches a patient was shown.
CREATE INDEX audit_event_by_shown ON audit_event USING gin ((detail -> 'patientIds'))
  WHERE seal_number IS NOT NULL AND detail ? 'patientIds';
