-- Whoever says that they leave is told from someone whose connection was lost.
ALTER TABLE "visit_participant" ADD COLUMN "has_left" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE visit_participant ADD CONSTRAINT visit_participant_has_left_or_is_present
  CHECK (NOT (has_left AND is_present));
