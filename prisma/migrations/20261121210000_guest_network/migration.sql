-- Where a guest came in from, written with their visit: the places of one network are counted under the lock that
-- lets guests in one by one, and their sessions are opened only after it.
ALTER TABLE "visit" ADD COLUMN "guest_network" TEXT;
