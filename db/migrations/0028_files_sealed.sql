CREATE TABLE "file_blobs" (
	"sha256" text PRIMARY KEY NOT NULL,
	"blob" text NOT NULL,
	"key_id" text NOT NULL,
	"header" "bytea" NOT NULL,
	CONSTRAINT "file_blobs_blob_unique" UNIQUE("blob"),
	CONSTRAINT "file_blobs_sha256" CHECK ("file_blobs"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"blob" text NOT NULL,
	"n" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" timestamptz(3) DEFAULT now() NOT NULL,
	CONSTRAINT "file_chunks_blob_n_pk" PRIMARY KEY("blob","n")
);
--> statement-breakpoint
CREATE TABLE "file_scanner" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"says" text NOT NULL,
	CONSTRAINT "file_scanner_one" CHECK ("file_scanner"."one")
);
--> statement-breakpoint
CREATE TABLE "file_scrubs" (
	"id" text PRIMARY KEY NOT NULL,
	"began_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"files" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"plain" integer DEFAULT 0 NOT NULL,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_about";--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan_says" text;--> statement-breakpoint
CREATE INDEX "file_blobs_key" ON "file_blobs" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "file_scrubs_began" ON "file_scrubs" USING btree ("began_at");--> statement-breakpoint
CREATE INDEX "files_waiting" ON "files" USING btree ("at","id") WHERE "files"."scan" = 'waiting';--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered','file'));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_about" CHECK ("tellings"."kind" = 'file' or "tellings"."request_id" is not null or "tellings"."record_id" is not null);--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_scan" CHECK ("files"."scan" in ('none', 'waiting', 'clean', 'infected'));--> statement-breakpoint

-- by hand
-- What is sealed does not become smaller by being compressed.
ALTER TABLE file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;--> statement-breakpoint
-- What the scanner said stands: only a file that waits for it becomes anything else.
CREATE FUNCTION scan_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.scan <> 'waiting' THEN
    RAISE EXCEPTION 'UPDATE on files is refused: what the scanner said of % stands', OLD.id USING ERRCODE = 'ON038';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER files_scan_stands BEFORE UPDATE ON files FOR EACH ROW EXECUTE FUNCTION scan_stands();--> statement-breakpoint
ALTER TABLE files ENABLE ALWAYS TRIGGER files_scan_stands;--> statement-breakpoint
GRANT UPDATE (scan, scan_at, scan_says) ON files TO onward_app;--> statement-breakpoint
GRANT DELETE ON file_bytes TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (blob, key_id, header) ON file_blobs TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON file_chunks TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (ended_at, files, bytes, plain, faults) ON file_scrubs TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (at, state, says) ON file_scanner TO onward_app;

