CREATE TABLE "exports" (
	"id" text PRIMARY KEY NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"wanted" text NOT NULL,
	"state" text NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	"leased_until" timestamptz(3),
	"ended_at" timestamptz(3),
	"sha256" text,
	"bytes" bigint,
	"records" bigint,
	"place" text,
	"reads" text,
	"erasures" bigint,
	"says" text,
	CONSTRAINT "exports_id" CHECK ("exports"."id" ~ '^exp_[0-9a-z]{26}$'),
	CONSTRAINT "exports_state" CHECK ("exports"."state" in ('waiting','running','done','stopped','failed','swept')),
	CONSTRAINT "exports_made" CHECK (("exports"."state" in ('done','swept')) = ("exports"."sha256" is not null)),
	CONSTRAINT "exports_place" CHECK (("exports"."state" = 'done') = ("exports"."place" is not null))
);
--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_by" ON "exports" USING btree ("by_person","at","id");--> statement-breakpoint
CREATE INDEX "exports_order" ON "exports" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "exports_open" ON "exports" USING btree ("at","id") WHERE "exports"."state" in ('waiting','running','done');--> statement-breakpoint
-- by hand
GRANT SELECT, INSERT, DELETE, UPDATE (state, done, total, leased_until, ended_at, sha256, bytes, records, place, reads, erasures, says) ON exports TO onward_app;--> statement-breakpoint
GRANT SELECT ON exports TO onward_read;--> statement-breakpoint
-- What was asked for stands: what is made is made for whoever asked, and no state follows one that ended.
CREATE FUNCTION exports_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state IN ('stopped', 'failed', 'swept') OR (OLD.state = 'done' AND NEW.state <> 'swept') THEN
    RAISE EXCEPTION 'an export that is % does not become %', OLD.state, NEW.state USING ERRCODE = 'ON070';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION exports_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER exports_follow BEFORE UPDATE ON exports FOR EACH ROW EXECUTE FUNCTION exports_follow();--> statement-breakpoint
ALTER TABLE exports ENABLE ALWAYS TRIGGER exports_follow;
