CREATE TABLE "signature_asks" (
	"sha256" text PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"rank" integer DEFAULT 0 NOT NULL,
	"by_person" text,
	"taken_at" timestamptz(3),
	"tries" integer DEFAULT 0 NOT NULL,
	"not_before" timestamptz(3),
	"says" text
);
--> statement-breakpoint
CREATE TABLE "signature_results" (
	"log_index" bigint PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"engine" text NOT NULL,
	"trust_sha256" text,
	"trust_name" text,
	"asked_at" timestamptz(3) NOT NULL,
	"overall" text,
	"says" text,
	"report" text,
	"by_person" text,
	CONSTRAINT "signature_results_sha256" CHECK ("signature_results"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "signature_results_overall" CHECK ("signature_results"."overall" in ('passed', 'intact-untrusted', 'altered', 'failed', 'indeterminate', 'unsigned')),
	CONSTRAINT "signature_results_whole" CHECK (("signature_results"."overall" is null) = ("signature_results"."report" is null) and ("signature_results"."overall" is null) = ("signature_results"."says" is not null)),
	CONSTRAINT "signature_results_size" CHECK (length("signature_results"."report") <= 8388608 and length("signature_results"."says") <= 200)
);
--> statement-breakpoint
CREATE TABLE "signature_walk" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"word" text NOT NULL,
	"after" text,
	CONSTRAINT "signature_walk_one" CHECK ("signature_walk"."one")
);
--> statement-breakpoint
ALTER TABLE "signature_asks" ADD CONSTRAINT "signature_asks_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature_results" ADD CONSTRAINT "signature_results_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signature_asks_next" ON "signature_asks" USING btree ("rank","at","sha256");--> statement-breakpoint
CREATE INDEX "signature_results_last" ON "signature_results" USING btree ("sha256","log_index");
--> statement-breakpoint
-- by hand
-- A result stands as long as some file holds the bytes that were looked at. When the last one went (a supplier's, cleared), what
-- was read of it goes as well, by the owner's hand; the log keeps that it was.
CREATE FUNCTION signature_result_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user <> 'onward_app' AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = OLD.sha256) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% on % is refused: what was found of % stands', TG_OP, TG_TABLE_NAME, OLD.sha256 USING ERRCODE = 'ON040';
END $$;--> statement-breakpoint
CREATE TRIGGER signature_results_stands BEFORE UPDATE OR DELETE ON signature_results FOR EACH ROW EXECUTE FUNCTION signature_result_stands();--> statement-breakpoint
CREATE TRIGGER signature_results_not_emptied BEFORE TRUNCATE ON signature_results FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER signature_results_placed AFTER INSERT ON signature_results REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log();--> statement-breakpoint
-- Nothing is said of bytes that no file of the register holds, nor of a file that the virus scanner has not let through.
CREATE FUNCTION signature_result_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'onward_app' AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = NEW.sha256 AND type = 'pdf' AND scan IN ('none', 'clean')) THEN
    RAISE EXCEPTION 'a result about % is refused: no file that may be read holds these bytes', NEW.sha256 USING ERRCODE = 'ON041';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER signature_results_fits BEFORE INSERT ON signature_results FOR EACH ROW EXECUTE FUNCTION signature_result_fits();--> statement-breakpoint
ALTER TABLE signature_results ENABLE ALWAYS TRIGGER signature_results_stands;--> statement-breakpoint
ALTER TABLE signature_results ENABLE ALWAYS TRIGGER signature_results_not_emptied;--> statement-breakpoint
ALTER TABLE signature_results ENABLE ALWAYS TRIGGER signature_results_placed;--> statement-breakpoint
ALTER TABLE signature_results ENABLE ALWAYS TRIGGER signature_results_fits;--> statement-breakpoint
ALTER TABLE signature_results ADD CONSTRAINT signature_results_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- A PDF that may be read is looked at: once it came, or once the virus scanner let it through.
CREATE FUNCTION pdf_came() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.type = 'pdf' AND NEW.scan IN ('none', 'clean') AND NOT EXISTS (SELECT 1 FROM signature_results WHERE sha256 = NEW.sha256) THEN
    INSERT INTO signature_asks (sha256, at) VALUES (NEW.sha256, NEW.at) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION pdf_came() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER files_pdf_came AFTER INSERT OR UPDATE OF scan ON files FOR EACH ROW EXECUTE FUNCTION pdf_came();--> statement-breakpoint
-- With the last file that held them, what was found of the bytes goes.
CREATE FUNCTION pdf_went() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM files WHERE sha256 = OLD.sha256) THEN
    DELETE FROM signature_results WHERE sha256 = OLD.sha256;
    DELETE FROM signature_asks WHERE sha256 = OLD.sha256;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION pdf_went() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER files_pdf_went AFTER DELETE ON files FOR EACH ROW EXECUTE FUNCTION pdf_went();--> statement-breakpoint
ALTER TABLE files ENABLE ALWAYS TRIGGER files_pdf_went;--> statement-breakpoint
GRANT SELECT, INSERT ON signature_results TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (at, rank, by_person, taken_at, tries, not_before, says) ON signature_asks TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (word, after) ON signature_walk TO onward_app;--> statement-breakpoint
GRANT SELECT ON signature_results TO onward_read;

