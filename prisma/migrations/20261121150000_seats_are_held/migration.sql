-- Until when a seat is taken although nobody is connected to it: the end of its last join ticket. Without it,
-- tickets that are asked for at the same moment would each see the free seats that the others are about to take.
ALTER TABLE "visit_participant" ADD COLUMN "held_until" TIMESTAMPTZ(3);
