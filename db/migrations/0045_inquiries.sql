CREATE TABLE "inquiries" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"reference" text,
	"before" text,
	"received_on" date NOT NULL,
	"due_on" date,
	"entity_ids" text[] NOT NULL,
	"instant" timestamptz(3) NOT NULL,
	"responsible" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiries_id" CHECK ("inquiries"."id" ~ '^inq_[0-9a-z]{26}$'),
	CONSTRAINT "inquiries_some" CHECK (cardinality("inquiries"."entity_ids") > 0),
	CONSTRAINT "inquiries_past" CHECK ("inquiries"."instant" <= "inquiries"."at")
);
--> statement-breakpoint
CREATE TABLE "inquiry_questions" (
	"inquiry_id" text NOT NULL,
	"place" integer NOT NULL,
	"n" integer NOT NULL,
	"number" text NOT NULL,
	"depth" smallint NOT NULL,
	"text" text NOT NULL,
	"prose" text,
	"query" text,
	"file_ids" text[] NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiry_questions_inquiry_id_place_n_pk" PRIMARY KEY("inquiry_id","place","n")
);
--> statement-breakpoint
CREATE TABLE "inquiry_releases" (
	"inquiry_id" text NOT NULL,
	"n" integer NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiry_releases_inquiry_id_n_pk" PRIMARY KEY("inquiry_id","n")
);
--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_responsible_people_id_fk" FOREIGN KEY ("responsible") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_questions" ADD CONSTRAINT "inquiry_questions_inquiry_id_inquiries_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_questions" ADD CONSTRAINT "inquiry_questions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_releases" ADD CONSTRAINT "inquiry_releases_inquiry_id_inquiries_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_releases" ADD CONSTRAINT "inquiry_releases_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inquiries_order" ON "inquiries" USING btree ("log_index");
--> statement-breakpoint
-- by hand
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['inquiries', 'inquiry_questions', 'inquiry_releases'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
-- Answers are released by a person who wrote none of them until then.
CREATE FUNCTION inquiry_releases_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inquiry_questions q WHERE q.inquiry_id = NEW.inquiry_id AND q.by_person = NEW.by_person AND q.log_index < NEW.log_index
      AND (q.prose IS NOT NULL OR q.query IS NOT NULL OR q.file_ids <> '{}')) THEN
    RAISE EXCEPTION 'answers are released by a person who wrote none of them' USING ERRCODE = 'ON093';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION inquiry_releases_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER inquiry_releases_apart BEFORE INSERT ON inquiry_releases FOR EACH ROW EXECUTE FUNCTION inquiry_releases_apart();--> statement-breakpoint
ALTER TABLE inquiry_releases ENABLE ALWAYS TRIGGER inquiry_releases_apart;--> statement-breakpoint
-- Versions follow each other.
CREATE FUNCTION inquiry_questions_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.n <> coalesce((SELECT max(n) FROM inquiry_questions WHERE inquiry_id = NEW.inquiry_id AND place = NEW.place), 0) + 1 THEN
    RAISE EXCEPTION 'version % does not follow', NEW.n USING ERRCODE = 'ON094';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION inquiry_questions_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER inquiry_questions_follow BEFORE INSERT ON inquiry_questions FOR EACH ROW EXECUTE FUNCTION inquiry_questions_follow();--> statement-breakpoint
ALTER TABLE inquiry_questions ENABLE ALWAYS TRIGGER inquiry_questions_follow;--> statement-breakpoint
-- As before, and what an answer to an authority names keeps its file.
CREATE OR REPLACE FUNCTION link_cleared() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
      OR EXISTS (SELECT 1 FROM folder_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM redactions WHERE f.id IN (file_id, copy_file_id))
      OR EXISTS (SELECT 1 FROM papers_sent WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM question_replies WHERE f.id = ANY (file_ids))
      OR EXISTS (SELECT 1 FROM inquiry_questions WHERE f.id = ANY (file_ids))
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
END $$;
