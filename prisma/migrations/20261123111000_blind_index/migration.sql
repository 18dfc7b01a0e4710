-- Keys that data is encrypted with, and the one that blind indexes are made with.
CREATE TYPE "data_key_purpose" AS ENUM ('data', 'index');

ALTER TABLE "data_key" ADD COLUMN "purpose" "data_key_purpose" NOT NULL DEFAULT 'data';
ALTER TABLE "data_key" DROP CONSTRAINT "data_key_pkey",
  ADD CONSTRAINT "data_key_pkey" PRIMARY KEY ("purpose", "version");

-- How a patient is found by a number or an address that the database cannot read.
ALTER TABLE "patient" ADD COLUMN "blind_index" TEXT[] NOT NULL DEFAULT '{}';
CREATE INDEX "patient_blind_index" ON "patient" USING GIN ("blind_index");

-- What is encrypted can be found; what is not yet is searched as it stands.
ALTER TABLE patient ADD CONSTRAINT patient_contact_is_indexed CHECK (
  blind_index <> '{}'
  OR (coalesce(phone, '') !~ '^e[0-9]+[.]' AND coalesce(email, '') !~ '^e[0-9]+[.]')
);
