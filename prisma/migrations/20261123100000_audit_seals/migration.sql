-- The trail is sealed: rows are hashed into one chain for each organization, a little after they were written.

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN "seal_number" INTEGER;

-- CreateTable
CREATE TABLE "audit_seal" (
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "version" SMALLINT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "row_count" INTEGER NOT NULL,
    "row_marks" BYTEA NOT NULL,
    "rows_digest" BYTEA NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("organization_id","number")
);

ALTER TABLE audit_seal
  ADD CONSTRAINT audit_seal_number_is_positive CHECK (number > 0),
  ADD CONSTRAINT audit_seal_marks_each_row CHECK (row_count > 0 AND octet_length(row_marks) = 8 * row_count);

-- The few that wait for their seal, and those of one seal after another.
CREATE INDEX audit_event_unsealed ON audit_event (organization_id, id) WHERE seal_number IS NULL;
CREATE INDEX audit_event_by_seal ON audit_event (organization_id, seal_number, id) WHERE seal_number IS NOT NULL;

-- Of a row that was written only this may change, once: which seal it has. `*=` compares every column, byte by byte,
-- those that are yet to come included.
CREATE FUNCTION refuse_change_but_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sealed audit_event := OLD;
BEGIN
  sealed.seal_number := NEW.seal_number;
  IF OLD.seal_number IS NULL AND NEW.seal_number IS NOT NULL AND sealed *= NEW THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END;
$$;

DROP TRIGGER audit_event_append_only ON audit_event;
CREATE TRIGGER audit_event_is_only_sealed BEFORE UPDATE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_sealing();
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_begins_unsealed BEFORE INSERT ON audit_event
  FOR EACH ROW WHEN (NEW.seal_number IS NOT NULL) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
