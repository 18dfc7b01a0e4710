-- What the tables promise and the schema language cannot say.

-- One practitioner, one patient: one appointment at a time. Two requests that race for the same slot
-- are decided here, so no transaction has to be held open for it.
ALTER TABLE appointment
  ADD CONSTRAINT appointment_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT appointment_practitioner_overlap
    EXCLUDE USING gist (practitioner_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status NOT IN ('cancelled', 'noshow')),
  ADD CONSTRAINT appointment_patient_overlap
    EXCLUDE USING gist (patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status NOT IN ('cancelled', 'noshow'));

-- A visit's times say the same as its state. The order of two times is left open on purpose: the clocks
-- of two api nodes differ by a little, and a visit must end even so.
ALTER TABLE visit
  ADD CONSTRAINT visit_origin_has_its_appointment
    CHECK ((origin = 'appointment') = (appointment_id IS NOT NULL)),
  ADD CONSTRAINT visit_appointment_is_scheduled
    CHECK (origin <> 'appointment' OR scheduled_at IS NOT NULL),
  ADD CONSTRAINT visit_version_is_positive CHECK (version > 0),
  ADD CONSTRAINT visit_times_match_state CHECK (
    CASE state
      WHEN 'scheduled' THEN waiting_since IS NULL AND started_at IS NULL AND ended_at IS NULL
      WHEN 'waiting' THEN waiting_since IS NOT NULL AND started_at IS NULL AND ended_at IS NULL
      WHEN 'in_progress' THEN started_at IS NOT NULL AND ended_at IS NULL
      WHEN 'on_hold' THEN started_at IS NOT NULL AND ended_at IS NULL
      WHEN 'ended' THEN started_at IS NOT NULL AND ended_at IS NOT NULL
      WHEN 'summarised' THEN started_at IS NOT NULL AND ended_at IS NOT NULL
      WHEN 'cancelled' THEN started_at IS NULL
      WHEN 'no_show' THEN started_at IS NULL
    END
  );

-- The doctor's waiting room: the few visits that are open, of the many that are over.
CREATE INDEX visit_open_by_practitioner ON visit (practitioner_id, waiting_since)
  WHERE state IN ('waiting', 'in_progress', 'on_hold');

-- A visit has one host and one patient; other people in it are guests.
CREATE UNIQUE INDEX visit_participant_one_host ON visit_participant (visit_id) WHERE seat_role = 'host';
CREATE UNIQUE INDEX visit_participant_one_patient ON visit_participant (visit_id) WHERE seat_role = 'patient';

ALTER TABLE chat_message ADD CONSTRAINT chat_message_sequence_is_positive CHECK (sequence > 0);

ALTER TABLE availability_rule
  ADD CONSTRAINT availability_rule_weekday_is_iso CHECK (weekday BETWEEN 1 AND 7),
  ADD CONSTRAINT availability_rule_minutes_are_a_span
    CHECK (start_minute >= 0 AND end_minute <= 1440 AND start_minute < end_minute),
  ADD CONSTRAINT availability_rule_slot_fits
    CHECK (slot_minutes BETWEEN 5 AND 240 AND slot_minutes <= end_minute - start_minute),
  ADD CONSTRAINT availability_rule_validity_is_a_span CHECK (valid_from <= valid_to);

ALTER TABLE availability_exception
  ADD CONSTRAINT availability_exception_minutes_are_a_span CHECK (
    (start_minute IS NULL) = (end_minute IS NULL)
    AND (start_minute IS NULL OR (start_minute >= 0 AND end_minute <= 1440 AND start_minute < end_minute))
  ),
  ADD CONSTRAINT availability_exception_extra_is_complete CHECK (
    kind <> 'extra' OR (start_minute IS NOT NULL AND slot_minutes BETWEEN 5 AND 240)
  );

-- An account is either a guest's, without credentials, or somebody's, with an address.
ALTER TABLE user_account ADD CONSTRAINT user_account_guest_has_no_credentials
  CHECK (CASE WHEN is_guest THEN email IS NULL AND password_hash IS NULL ELSE email IS NOT NULL END);

-- Who has seen this patient's record; most rows of a busy clinic are about lists, and about no patient.
CREATE INDEX audit_event_by_patient ON audit_event (patient_id, at) WHERE patient_id IS NOT NULL;

-- Search by a part of a name.
CREATE INDEX patient_name_trigram ON patient USING gin (name gin_trgm_ops);

-- History is written once.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER visit_event_append_only BEFORE UPDATE OR DELETE ON visit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER visit_event_no_truncate BEFORE TRUNCATE ON visit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
