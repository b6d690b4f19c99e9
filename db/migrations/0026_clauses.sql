CREATE TABLE "file_texts" (
	"sha256" text NOT NULL,
	"reader" integer NOT NULL,
	"state" text NOT NULL,
	"pages" integer,
	"kept" text,
	"words" text,
	CONSTRAINT "file_texts_sha256_reader_pk" PRIMARY KEY("sha256","reader"),
	CONSTRAINT "file_texts_hashes" CHECK ("file_texts"."sha256" ~ '^[0-9a-f]{64}$' and coalesce("file_texts"."kept", repeat('0', 64)) ~ '^[0-9a-f]{64}$' and coalesce("file_texts"."words", repeat('0', 64)) ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "file_texts_state" CHECK ("file_texts"."state" in ('read', 'too-much', 'locked', 'not-pdf', 'too-long', 'too-large') and ("file_texts"."state" = 'read') = ("file_texts"."kept" is not null))
);
--> statement-breakpoint
CREATE TABLE "record_files" (
	"file_id" text NOT NULL,
	"record_id" text NOT NULL,
	CONSTRAINT "record_files_file_id_record_id_pk" PRIMARY KEY("file_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "request_files" (
	"file_id" text NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "request_files_file_id_request_id_pk" PRIMARY KEY("file_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "record_files" ADD CONSTRAINT "record_files_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_files" ADD CONSTRAINT "request_files_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_texts_words" ON "file_texts" USING btree ("words");--> statement-breakpoint
CREATE INDEX "file_texts_kept" ON "file_texts" USING btree ("kept");--> statement-breakpoint
CREATE INDEX "record_files_record" ON "record_files" USING btree ("record_id");--> statement-breakpoint
-- by hand
-- Which record holds a file is noted with the version that names it, whoever writes it. Only a field that is a file's counts:
-- words that somebody typed stand in quotes as well, and a file's id among them would open the file to whoever reads them.
CREATE FUNCTION note_files() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO record_files (file_id, record_id)
    SELECT DISTINCT m[1], w.record_id FROM written w, regexp_matches(w.body, '"fileId":"(fil_[0-9a-z]{26})"', 'g') AS m
    WHERE w.body LIKE '%"fil\_%'
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_request_files() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO request_files (file_id, request_id)
    SELECT DISTINCT m[1], w.request_id FROM written w, regexp_matches(w.body, '"fileId":"(fil_[0-9a-z]{26})"', 'g') AS m
    WHERE w.body LIKE '%"fil\_%'
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER versions_files AFTER INSERT ON versions REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_files();--> statement-breakpoint
ALTER TABLE versions ENABLE ALWAYS TRIGGER versions_files;--> statement-breakpoint
CREATE TRIGGER revision_proposals_files AFTER INSERT ON revision_proposals REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_request_files();--> statement-breakpoint
ALTER TABLE revision_proposals ENABLE ALWAYS TRIGGER revision_proposals_files;--> statement-breakpoint
INSERT INTO request_files (file_id, request_id)
  SELECT DISTINCT m[1], p.request_id FROM revision_proposals p, regexp_matches(p.body, '"fileId":"(fil_[0-9a-z]{26})"', 'g') AS m WHERE p.body LIKE '%"fil\_%';--> statement-breakpoint
INSERT INTO record_files (file_id, record_id)
  SELECT DISTINCT m[1], v.record_id FROM versions v, regexp_matches(v.body, '"fileId":"(fil_[0-9a-z]{26})"', 'g') AS m WHERE v.body LIKE '%"fil\_%';--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['record_files', 'request_files'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
  END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT, INSERT ON record_files TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT ON request_files TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT ON file_texts TO onward_app;
