-- An organization sees of its people whether they have a second step at sign-in, and takes it away when it is lost. Secrets
-- stay ciphertext, which opens in the work of the person alone.
DO $$
DECLARE
  factor text;
BEGIN
  FOREACH factor IN ARRAY ARRAY['totp_credential', 'recovery_code', 'passkey'] LOOP
    EXECUTE format(
      'CREATE POLICY own_member ON %1$I FOR SELECT TO careconnect_app
         USING (EXISTS (SELECT FROM membership
                         WHERE organization_id = NULLIF(current_setting(''careconnect.organization_id'', true), '''')::uuid
                           AND user_id = %1$I.user_id))', factor);
    EXECUTE format(
      'CREATE POLICY own_member_loses ON %1$I FOR DELETE TO careconnect_app
         USING (EXISTS (SELECT FROM membership
                         WHERE organization_id = NULLIF(current_setting(''careconnect.organization_id'', true), '''')::uuid
                           AND user_id = %1$I.user_id))', factor);
  END LOOP;
END;
$$;
