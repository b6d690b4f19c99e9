-- What an act writes bears the act's own instant and place: nobody who has only the app's way in dates a new row back. Whoever
-- restores a backup does it as the owner, and what stands there was placed when it was written.
CREATE FUNCTION placed_in_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE head log_head%ROWTYPE;
BEGIN
  IF current_user <> 'onward_app' THEN RETURN NULL; END IF;
  SELECT * INTO STRICT head FROM log_head WHERE one;
  IF head.open_xid IS DISTINCT FROM (pg_current_xact_id()::text)::bigint
    OR EXISTS (SELECT 1 FROM written WHERE at IS DISTINCT FROM head.open_at OR log_index < head.size) THEN
    RAISE EXCEPTION 'what is written to % bears another instant or place than its act', TG_TABLE_NAME USING ERRCODE = 'ON016';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['versions', 'revisions', 'decisions', 'role_grants', 'takes', 'comments'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;
