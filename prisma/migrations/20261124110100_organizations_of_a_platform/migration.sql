-- Those who run the installation for several organizations (docs/adr/0023-who-runs-the-platform.md): an organization of
-- their own, which has no patients, so that tenancy keeps everybody's patients from them.
CREATE TYPE organization_kind AS ENUM ('clinic', 'platform');

ALTER TABLE organization
  ADD COLUMN kind organization_kind NOT NULL DEFAULT 'clinic',
  ADD COLUMN country TEXT,
  ADD COLUMN suspended_at TIMESTAMPTZ(3),
  ADD COLUMN suspension_reason TEXT,
  ADD CONSTRAINT organization_country_is_iso CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT organization_is_suspended_for_a_reason CHECK ((suspended_at IS NULL) = (suspension_reason IS NULL)),
  -- Nobody else could open it again; and what its people may do is worth a second factor, whatever anybody sets.
  ADD CONSTRAINT organization_platform_is_guarded CHECK (
    kind <> 'platform' OR (suspended_at IS NULL AND staff_second_factor = 'required' AND registration = 'closed')
  );
CREATE UNIQUE INDEX organization_one_platform ON organization (kind) WHERE kind = 'platform';

CREATE FUNCTION guard_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Its people were let in as what it is.
  IF NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'an organization does not change its kind' USING ERRCODE = 'check_violation';
  END IF;
  IF current_user = 'careconnect_app'
     AND (NEW.suspended_at, NEW.suspension_reason) IS DISTINCT FROM (OLD.suspended_at, OLD.suspension_reason) THEN
    RAISE EXCEPTION 'no organization suspends or reopens itself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER organization_is_guarded BEFORE UPDATE OF kind, suspended_at, suspension_reason ON organization
  FOR EACH ROW EXECUTE FUNCTION guard_organization();

-- The role belongs to the platform's organization, and every other role out of it. One that is not there, or not this
-- tenant's, is for the foreign key and the policies to refuse.
CREATE FUNCTION keep_role_to_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.role IS NOT NULL AND EXISTS (
    SELECT FROM organization WHERE id = NEW.organization_id AND (kind = 'platform') <> (NEW.role = 'platformAdmin')
  ) THEN
    RAISE EXCEPTION 'the role % is not one of this organization', NEW.role USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER membership_role_fits BEFORE INSERT OR UPDATE OF role, organization_id ON membership
  FOR EACH ROW EXECUTE FUNCTION keep_role_to_kind();
CREATE TRIGGER identity_link_role_fits BEFORE INSERT OR UPDATE OF role, organization_id ON identity_link
  FOR EACH ROW EXECUTE FUNCTION keep_role_to_kind();

-- Whoever runs the platform does it with an account that is good for nothing else: no clinic's administrator decides
-- about it, and nobody who signs in with it is a patient or a doctor besides.
ALTER TABLE membership ADD CONSTRAINT membership_platform_account_is_apart
  EXCLUDE USING gist (user_id WITH =, ((role = 'platformAdmin')::int) WITH <>);

-- Without a patient or a doctor there is no clinical row: they all point at one.
CREATE FUNCTION refuse_in_platform() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM organization WHERE id = NEW.organization_id AND kind = 'platform') THEN
    RAISE EXCEPTION 'the platform looks after nobody' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER patient_is_of_a_clinic BEFORE INSERT OR UPDATE OF organization_id ON patient
  FOR EACH ROW EXECUTE FUNCTION refuse_in_platform();
CREATE TRIGGER practitioner_is_of_a_clinic BEFORE INSERT OR UPDATE OF organization_id ON practitioner
  FOR EACH ROW EXECUTE FUNCTION refuse_in_platform();

-- Of these columns alone: what our processes make is a clinic, open, and with the policies that new ones have.
GRANT INSERT (slug, name, country, time_zone) ON organization TO careconnect_system;
