CREATE TABLE "folder_files" (
	"folder_id" text NOT NULL,
	"line" integer NOT NULL,
	"name" text NOT NULL,
	"file_id" text,
	"sha256" text,
	"state" text NOT NULL,
	"tried_at" timestamptz(3),
	"says" text,
	"pages" integer,
	"verdict" text,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"best_id" text,
	"choice" text DEFAULT 'open' NOT NULL,
	"agreement_id" text,
	"request_id" text,
	CONSTRAINT "folder_files_folder_id_line_pk" PRIMARY KEY("folder_id","line"),
	CONSTRAINT "folder_files_state" CHECK ("folder_files"."state" in ('waiting', 'reading', 'read', 'refused', 'twice')),
	CONSTRAINT "folder_files_choice" CHECK ("folder_files"."choice" in ('open', 'confirmed', 'aside')),
	CONSTRAINT "folder_files_verdict" CHECK (("folder_files"."state" = 'read') = ("folder_files"."verdict" is not null) and coalesce("folder_files"."verdict", 'sure') in ('sure', 'likely', 'nothing')),
	CONSTRAINT "folder_files_confirmed" CHECK (("folder_files"."choice" = 'confirmed') = ("folder_files"."agreement_id" is not null)),
	CONSTRAINT "folder_files_file" CHECK (("folder_files"."state" in ('refused', 'twice')) = ("folder_files"."file_id" is null))
);
--> statement-breakpoint
CREATE TABLE "folders" (
	"id" text PRIMARY KEY NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"touched_at" timestamptz(3) NOT NULL,
	CONSTRAINT "folders_id" CHECK ("folders"."id" ~ '^fld_[0-9a-z]{26}$')
);
--> statement-breakpoint
CREATE TABLE "redactions" (
	"id" text PRIMARY KEY NOT NULL,
	"agreement_id" text NOT NULL,
	"file_id" text NOT NULL,
	"sha256" text NOT NULL,
	"copy_file_id" text NOT NULL,
	"copy_sha256" text NOT NULL,
	"pages" integer NOT NULL,
	"withheld" jsonb NOT NULL,
	"role" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "redactions_id" CHECK ("redactions"."id" ~ '^rdc_[0-9a-z]{26}$'),
	CONSTRAINT "redactions_role" CHECK ("redactions"."role" in ('legal', 'dpo')),
	CONSTRAINT "redactions_other" CHECK ("redactions"."sha256" <> "redactions"."copy_sha256" and "redactions"."file_id" <> "redactions"."copy_file_id"),
	CONSTRAINT "redactions_withheld" CHECK (jsonb_typeof("redactions"."withheld") = 'array' and jsonb_array_length("redactions"."withheld") between 1 and "redactions"."pages")
);
--> statement-breakpoint
ALTER TABLE "folder_files" ADD CONSTRAINT "folder_files_folder_id_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folder_files" ADD CONSTRAINT "folder_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_agreement_id_records_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_copy_file_id_files_id_fk" FOREIGN KEY ("copy_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "folder_files_bytes" ON "folder_files" USING btree ("folder_id","sha256") WHERE "folder_files"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "folder_files_waiting" ON "folder_files" USING btree ("folder_id","line") WHERE "folder_files"."state" in ('waiting', 'reading');--> statement-breakpoint
CREATE INDEX "folder_files_file_id" ON "folder_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "folders_by" ON "folders" USING btree ("by_person","touched_at");--> statement-breakpoint
CREATE INDEX "folders_touched" ON "folders" USING btree ("touched_at");--> statement-breakpoint
CREATE INDEX "redactions_agreement" ON "redactions" USING btree ("agreement_id","log_index");--> statement-breakpoint
CREATE INDEX "redactions_file" ON "redactions" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "redactions_copy" ON "redactions" USING btree ("copy_file_id");
--> statement-breakpoint
-- by hand
-- What was withheld from outsiders is added to and never rewritten; each row bears its act's instant and place.
CREATE TRIGGER redactions_stands BEFORE UPDATE OR DELETE ON redactions FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER redactions_not_emptied BEFORE TRUNCATE ON redactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_stands;--> statement-breakpoint
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_not_emptied;--> statement-breakpoint
CREATE TRIGGER redactions_placed AFTER INSERT ON redactions REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log();--> statement-breakpoint
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_placed;--> statement-breakpoint
ALTER TABLE redactions ADD CONSTRAINT redactions_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- The hashes are those of the two files: what a copy says of its original can be held against the original.
CREATE FUNCTION redaction_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM files WHERE id = NEW.file_id AND sha256 = NEW.sha256)
    OR NOT EXISTS (SELECT 1 FROM files WHERE id = NEW.copy_file_id AND sha256 = NEW.copy_sha256)
    OR EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.withheld) w
      WHERE jsonb_typeof(w -> 'page') <> 'number' OR (w ->> 'page')::numeric NOT BETWEEN 1 AND NEW.pages) THEN
    RAISE EXCEPTION 'INSERT on redactions is refused: % does not fit its files', NEW.id USING ERRCODE = 'ON046';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER redactions_fit BEFORE INSERT ON redactions FOR EACH ROW EXECUTE FUNCTION redaction_fits();--> statement-breakpoint
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_fit;--> statement-breakpoint
-- A supplier's answer that is cleared takes no file along that lies in a folder or has a redacted copy.
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
GRANT SELECT, INSERT ON redactions TO onward_app;--> statement-breakpoint
GRANT SELECT ON redactions TO onward_read;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (touched_at) ON folders TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (state, tried_at, says, pages, verdict, candidates, best_id, choice, agreement_id, request_id) ON folder_files TO onward_app;

