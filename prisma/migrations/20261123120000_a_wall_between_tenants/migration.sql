-- The second wall between tenants (docs/adr/0017-a-second-wall-between-tenants.md): whatever a query forgets to ask for,
-- a connection sees and changes rows of the one organization that it is set to.

-- What our processes act as: the first for the work of one tenant, the second for what is wider. They own nothing and are
-- above no policy. Roles belong to the whole server, so another database may have made them, or be about to. Where whoever
-- migrates may not make roles, an administrator has.
DO $$
DECLARE
  needed text;
BEGIN
  FOREACH needed IN ARRAY ARRAY['careconnect_app', 'careconnect_system'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = needed) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', needed);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role % is missing, and % may not make it. As an administrator: CREATE ROLE % NOLOGIN; GRANT % TO %',
          needed, current_user, needed, needed, quote_ident(current_user);
    END;
    BEGIN
      -- Whoever migrates is who our processes connect as: they take the roles on, and see what all tenants have.
      IF NOT (pg_has_role(current_user, needed, 'SET') AND pg_has_role(current_user, needed, 'USAGE')) THEN
        EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', needed);
      END IF;
    EXCEPTION
      -- Granted for another database at this very moment.
      WHEN unique_violation OR internal_error THEN NULL;
    END;
  END LOOP;
END;
$$;

-- For every table with an organization_id, also those of later migrations. Written as an equality and without a function,
-- because then the planner sees that it says what the query asks for anyway, and compares once for the whole query.
-- A connection that is set to no tenant sees nothing.
CREATE FUNCTION keep_to_tenant(kept regclass, organization text DEFAULT 'organization_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
  EXECUTE format(
    'CREATE POLICY own_tenant ON %s TO careconnect_app
       USING (%I = NULLIF(current_setting(''careconnect.organization_id'', true), '''')::uuid)',
    kept, organization);
  EXECUTE format('CREATE POLICY every_tenant ON %s TO careconnect_system USING (true)', kept);
END;
$$;
REVOKE EXECUTE ON FUNCTION keep_to_tenant FROM PUBLIC;

SELECT keep_to_tenant(oid) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
   AND EXISTS (SELECT FROM pg_attribute
                WHERE attrelid = pg_class.oid AND attname = 'organization_id' AND NOT attisdropped);
SELECT keep_to_tenant('organization', 'id');

-- A person may belong to several organizations. Each may read its people; accounts are written by signing in, being let
-- in and choosing a password, which belong to no organization, and no organization sees tokens.
ALTER TABLE user_account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON user_account TO careconnect_system USING (true);
CREATE POLICY own_member ON user_account FOR SELECT TO careconnect_app
  USING (EXISTS (SELECT FROM membership
                  WHERE organization_id = NULLIF(current_setting('careconnect.organization_id', true), '')::uuid
                    AND user_id = user_account.id));
ALTER TABLE refresh_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON refresh_token TO careconnect_system USING (true);
ALTER TABLE password_reset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON password_reset TO careconnect_system USING (true);

ALTER TABLE data_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON data_key TO careconnect_system USING (true);
ALTER TABLE totp_credential ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON totp_credential TO careconnect_system USING (true);
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY every_tenant ON recovery_code TO careconnect_system USING (true);

GRANT USAGE ON SCHEMA public TO careconnect_app, careconnect_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO careconnect_app, careconnect_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO careconnect_app, careconnect_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO careconnect_app, careconnect_system;
-- What is written once is not granted to be changed, beside the triggers that refuse it.
REVOKE UPDATE, DELETE ON audit_event, audit_seal, visit_event FROM careconnect_app, careconnect_system;
GRANT UPDATE (seal_number) ON audit_event TO careconnect_system;
REVOKE INSERT, DELETE ON organization FROM careconnect_app, careconnect_system;
-- The history of migrations, which is not there when a database is only compared with the schema.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON _prisma_migrations FROM careconnect_app, careconnect_system;
  END IF;
END;
$$;
