-- Keys that data is encrypted with, each wrapped by a key that is not in the database.
CREATE TABLE "data_key" (
    "version" INTEGER NOT NULL,
    "wrapped" TEXT,
    "wrapped_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_from" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("version")
);

ALTER TABLE data_key
  ADD CONSTRAINT data_key_version_is_positive CHECK (version > 0),
  -- A key that is retired is nowhere any more.
  ADD CONSTRAINT data_key_is_held_until_retired CHECK ((wrapped IS NULL) = (retired_at IS NOT NULL));

-- The lowest version of the data keys that its pieces are sealed with; 0 for those from before there were any.
ALTER TABLE "attachment" ADD COLUMN "key_version" INTEGER NOT NULL DEFAULT 0;

-- What is written once may all the same be encrypted anew. A trigger that names columns lets an update through that
-- changes nothing else, in a transaction that says that it rewrites under another key.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND current_setting('careconnect.rewriting', true) = 'on' THEN
    IF to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END;
$$;
