CREATE TABLE "answer_keepings" (
	"n" integer PRIMARY KEY NOT NULL,
	"months" integer NOT NULL,
	"by_person" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "answer_keepings_months" CHECK ("answer_keepings"."months" between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "file_drops" (
	"sha256" text PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logout_tokens" (
	"issuer" text NOT NULL,
	"jti" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "logout_tokens_issuer_jti_pk" PRIMARY KEY("issuer","jti"),
	CONSTRAINT "logout_tokens_size" CHECK (length("logout_tokens"."issuer") <= 500 and length("logout_tokens"."jti") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "supplier_links" ADD COLUMN "cleared_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "supplier_links" ADD COLUMN "cleared_by" text;--> statement-breakpoint
ALTER TABLE "supplier_links" ADD COLUMN "cleared_reason" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "issuer" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "sid" text;--> statement-breakpoint
ALTER TABLE "answer_keepings" ADD CONSTRAINT "answer_keepings_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "logout_tokens_at" ON "logout_tokens" USING btree ("at");--> statement-breakpoint
ALTER TABLE "supplier_links" ADD CONSTRAINT "supplier_links_cleared_by_people_id_fk" FOREIGN KEY ("cleared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "supplier_links_kept" ON "supplier_links" USING btree ("at","id") WHERE "supplier_links"."cleared_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_sid" ON "sessions" USING btree ("issuer","sid") WHERE "sessions"."sid" is not null;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_provider" CHECK (length("sessions"."issuer") <= 500 and length("sessions"."sid") <= 500);--> statement-breakpoint

-- by hand
-- For how long suppliers' answers are kept is added to and never rewritten.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['answer_keepings'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE answer_keepings ADD CONSTRAINT answer_keepings_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- What was sent stands until it is cleared as a whole; nothing is typed or laid beside it afterwards.
CREATE OR REPLACE FUNCTION sent_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of text;
BEGIN
  IF current_user <> 'onward_app' THEN RETURN coalesce(NEW, OLD); END IF;
  of := CASE WHEN TG_OP = 'DELETE' THEN OLD.link_id ELSE NEW.link_id END;
  IF EXISTS (SELECT 1 FROM supplier_links l WHERE l.id = of AND (l.sent_at IS NOT NULL OR l.revoked_at IS NOT NULL OR l.cleared_at IS NOT NULL)) THEN
    RAISE EXCEPTION '% on % is refused: what was sent stands', TG_OP, TG_TABLE_NAME USING ERRCODE = 'ON010';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION link_stays_shut() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
    OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
    OR (OLD.cleared_at IS NOT NULL AND (NEW.cleared_at, NEW.cleared_by, NEW.cleared_reason) IS DISTINCT FROM (OLD.cleared_at, OLD.cleared_by, OLD.cleared_reason)) THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a link that is shut stays shut', TG_TABLE_NAME USING ERRCODE = 'ON010';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
-- To clear a link is to take away what was answered by it: words, and files that nothing else holds. It runs as the owner, and by
-- no other way than this mark, so that whoever has got hold of the app's way can take away nothing else.
CREATE FUNCTION link_cleared() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE f record;
BEGIN
  DELETE FROM supplier_answers WHERE link_id = NEW.id;
  FOR f IN DELETE FROM supplier_files s USING files x WHERE s.link_id = NEW.id AND x.id = s.file_id RETURNING x.id, x.sha256 LOOP
    CONTINUE WHEN EXISTS (SELECT 1 FROM supplier_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM imports WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM announcements WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM announcement_answers WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM proposals WHERE body LIKE '%"' || f.id || '"%')
      OR EXISTS (SELECT 1 FROM letters WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM condition_turns WHERE f.id = ANY (file_ids))
      OR EXISTS (SELECT 1 FROM request_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM record_files WHERE file_id = f.id);
    DELETE FROM files WHERE id = f.id;
    INSERT INTO file_drops (sha256, at) SELECT f.sha256, NEW.cleared_at
      WHERE NOT EXISTS (SELECT 1 FROM files WHERE sha256 = f.sha256) ON CONFLICT DO NOTHING;
    -- What was read of it goes with it.
    WITH gone AS (DELETE FROM file_texts t WHERE t.sha256 = f.sha256
        AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = f.sha256) RETURNING t.kept)
      INSERT INTO file_drops (sha256, at) SELECT DISTINCT g.kept, NEW.cleared_at FROM gone g
        WHERE g.kept IS NOT NULL AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = g.kept)
          AND NOT EXISTS (SELECT 1 FROM file_texts t WHERE t.kept = g.kept AND t.sha256 <> f.sha256) ON CONFLICT DO NOTHING;
  END LOOP;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION link_cleared() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER supplier_links_cleared AFTER UPDATE ON supplier_links FOR EACH ROW WHEN (OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL) EXECUTE FUNCTION link_cleared();--> statement-breakpoint
ALTER TABLE supplier_links ENABLE ALWAYS TRIGGER supplier_links_cleared;--> statement-breakpoint
-- Bytes in the database go with the line that says they are to go, unless a file has come that holds them again.
CREATE FUNCTION bytes_dropped() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM file_bytes b WHERE b.sha256 = OLD.sha256 AND NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = OLD.sha256);
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION bytes_dropped() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER file_drops_done AFTER DELETE ON file_drops FOR EACH ROW EXECUTE FUNCTION bytes_dropped();--> statement-breakpoint
ALTER TABLE file_drops ENABLE ALWAYS TRIGGER file_drops_done;--> statement-breakpoint
GRANT SELECT, INSERT ON answer_keepings TO onward_app;--> statement-breakpoint
GRANT SELECT, DELETE ON file_drops TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON logout_tokens TO onward_app;--> statement-breakpoint
GRANT UPDATE (cleared_at, cleared_by, cleared_reason) ON supplier_links TO onward_app;

