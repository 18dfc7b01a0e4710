-- Behind row-level security the planner knows nothing of how rare the states are: comparing enums is not marked as
-- leakproof. With the organization in it, this index is the best way to a waiting room by its columns alone.
DROP INDEX visit_open_by_practitioner;
CREATE INDEX visit_open_by_practitioner ON visit (organization_id, practitioner_id, waiting_since)
  WHERE state IN ('waiting', 'in_progress', 'on_hold');
