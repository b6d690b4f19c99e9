CREATE TABLE "papers_sent" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"request_id" text,
	"template_id" text NOT NULL,
	"template_n" integer NOT NULL,
	"file_id" text NOT NULL,
	"text_sha256" text NOT NULL,
	"values" text NOT NULL,
	"missing" integer NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "papers_sent_id" CHECK ("papers_sent"."id" ~ '^ppr_[0-9a-z]{26}$'),
	CONSTRAINT "papers_sent_text" CHECK ("papers_sent"."text_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "template_decisions" (
	"id" text NOT NULL,
	"n" integer NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"reason" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "template_decisions_id_n_pk" PRIMARY KEY("id","n"),
	CONSTRAINT "template_decisions_verdict" CHECK ("template_decisions"."verdict" in ('approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "templates_id_n_pk" PRIMARY KEY("id","n"),
	CONSTRAINT "templates_id" CHECK ("templates"."id" ~ '^tpl_[0-9a-z]{26}$'),
	CONSTRAINT "templates_n" CHECK ("templates"."n" >= 1)
);
--> statement-breakpoint
ALTER TABLE "papers_sent" ADD CONSTRAINT "papers_sent_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers_sent" ADD CONSTRAINT "papers_sent_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers_sent" ADD CONSTRAINT "papers_sent_version" FOREIGN KEY ("template_id","template_n") REFERENCES "public"."templates"("id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_decisions" ADD CONSTRAINT "template_decisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_decisions" ADD CONSTRAINT "template_decisions_version" FOREIGN KEY ("id","n") REFERENCES "public"."templates"("id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "papers_sent_record" ON "papers_sent" USING btree ("record_id","log_index");--> statement-breakpoint
CREATE INDEX "papers_sent_file" ON "papers_sent" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "papers_sent_request" ON "papers_sent" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "templates_kind" ON "templates" USING btree ("kind");
--> statement-breakpoint
-- by hand
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['templates','template_decisions','papers_sent'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
-- Versions of a template follow each other, and its kind stays.
CREATE FUNCTION templates_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last templates;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.id, 46));
  SELECT * INTO last FROM templates WHERE id = NEW.id ORDER BY n DESC LIMIT 1;
  IF NEW.n <> coalesce(last.n, 0) + 1 OR NEW.kind <> coalesce(last.kind, NEW.kind) THEN
    RAISE EXCEPTION 'version % of the template % does not follow the last', NEW.n, NEW.id USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION templates_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER templates_follow BEFORE INSERT ON templates FOR EACH ROW EXECUTE FUNCTION templates_follow();--> statement-breakpoint
ALTER TABLE templates ENABLE ALWAYS TRIGGER templates_follow;--> statement-breakpoint
-- Nobody decides on a version that they proposed; only whoever proposed it takes it back.
CREATE FUNCTION templates_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE proposer text;
BEGIN
  SELECT by_person INTO proposer FROM templates WHERE id = NEW.id AND n = NEW.n;
  IF (proposer = NEW.by_person) <> (NEW.verdict = 'withdrawn') THEN
    RAISE EXCEPTION 'a template is decided on by another person than proposed it' USING ERRCODE = 'ON050';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION templates_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER templates_apart BEFORE INSERT ON template_decisions FOR EACH ROW EXECUTE FUNCTION templates_apart();--> statement-breakpoint
ALTER TABLE template_decisions ENABLE ALWAYS TRIGGER templates_apart;--> statement-breakpoint
-- A paper is made from the version in force: the last that was approved.
CREATE FUNCTION papers_sent_in_force() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.template_n IS DISTINCT FROM (
    SELECT max(d.n) FROM template_decisions d WHERE d.id = NEW.template_id AND d.verdict = 'approved'
  ) THEN
    RAISE EXCEPTION 'version % of the template % is not in force', NEW.template_n, NEW.template_id USING ERRCODE = 'ON051';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION papers_sent_in_force() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER papers_sent_in_force BEFORE INSERT ON papers_sent FOR EACH ROW EXECUTE FUNCTION papers_sent_in_force();--> statement-breakpoint
ALTER TABLE papers_sent ENABLE ALWAYS TRIGGER papers_sent_in_force;--> statement-breakpoint
GRANT SELECT, INSERT ON templates, template_decisions, papers_sent TO onward_app;--> statement-breakpoint
GRANT SELECT ON templates, template_decisions, papers_sent TO onward_read;--> statement-breakpoint
-- As before, and a paper that was made from a template keeps its file.
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

