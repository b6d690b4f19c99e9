CREATE TABLE "file_rescan" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"asked_at" timestamptz(3) NOT NULL,
	CONSTRAINT "file_rescan_one" CHECK ("file_rescan"."one")
);
--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan_tried_at" timestamptz(3);--> statement-breakpoint
CREATE INDEX "files_unscanned" ON "files" USING btree ("sha256") WHERE "files"."scan" = 'none';--> statement-breakpoint
CREATE INDEX "files_scanned" ON "files" USING btree ("scan_at","sha256") WHERE "files"."scan" = 'clean';--> statement-breakpoint
CREATE INDEX "files_infected" ON "files" USING btree ("sha256") WHERE "files"."scan" = 'infected';
--> statement-breakpoint
-- by hand
-- What the scanner said may be said again of what is clean, for its list of signatures grows; what it found stands, and no file goes
-- back to not having been looked at.
CREATE OR REPLACE FUNCTION scan_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.scan = 'infected' THEN
    RAISE EXCEPTION 'UPDATE on files is refused: what the scanner said of % stands', OLD.id USING ERRCODE = 'ON038';
  END IF;
  IF NEW.scan <> OLD.scan AND NEW.scan NOT IN ('clean', 'infected') THEN
    RAISE EXCEPTION 'UPDATE on files is refused: % was looked at', OLD.id USING ERRCODE = 'ON055';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
GRANT UPDATE (scan_tried_at) ON files TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (asked_at) ON file_rescan TO onward_app;

