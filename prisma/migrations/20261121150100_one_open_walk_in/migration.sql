-- One person, one doctor: one walk-in visit at a time. Two tabs that open one at the same moment are decided
-- here, and the second is answered with the visit of the first.

-- Of those that are open twice already, the one that has begun stays, else the newest; the others are closed.
WITH ranked AS (
  SELECT id, row_number() OVER (
           PARTITION BY organization_id, practitioner_id, patient_id
           ORDER BY started_at IS NULL, listed_at DESC, id DESC
         ) AS place
    FROM visit
   WHERE origin = 'walk_in' AND state IN ('scheduled', 'waiting', 'in_progress', 'on_hold')
), closed AS (
  UPDATE visit v
     SET state = CASE WHEN v.started_at IS NULL THEN 'cancelled' ELSE 'ended' END::visit_state,
         ended_at = CASE WHEN v.started_at IS NULL THEN NULL ELSE now() END,
         version = v.version + 1, updated_at = now()
    FROM ranked r
   WHERE r.id = v.id AND r.place > 1
  RETURNING v.id, v.organization_id, v.patient_id, v.state
), recorded AS (
  INSERT INTO visit_event (organization_id, visit_id, type, at)
  SELECT organization_id, id, state::text::visit_event_type, now() FROM closed
)
INSERT INTO audit_event (organization_id, actor_role, action, entity_type, entity_id, patient_id, request_id, at)
SELECT organization_id, 'service:migration', CASE state WHEN 'ended' THEN 'visit.end' ELSE 'visit.cancel' END,
       'visit', id, patient_id, 'one_open_walk_in', now()
  FROM closed;

CREATE UNIQUE INDEX visit_one_open_walk_in ON visit (organization_id, practitioner_id, patient_id)
  WHERE origin = 'walk_in' AND state IN ('scheduled', 'waiting', 'in_progress', 'on_hold');
