-- Which signaling node holds the open connection of a seat, so that a node that starts anew can take
-- back what the one before it left behind. Null for connections from before this migration.
ALTER TABLE "visit_participant" ADD COLUMN "connected_to" TEXT;
