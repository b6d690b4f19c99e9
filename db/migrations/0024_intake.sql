CREATE TABLE "intakes" (
	"id" text PRIMARY KEY NOT NULL,
	"by_person" text NOT NULL,
	"begun_at" timestamptz(3) NOT NULL,
	"saved_at" timestamptz(3) NOT NULL,
	"version" integer NOT NULL,
	"answers" text NOT NULL,
	"ids" text NOT NULL,
	"request_id" text,
	"made" text,
	CONSTRAINT "intakes_id" CHECK ("intakes"."id" ~ '^itk_[0-9a-z]{26}$'),
	CONSTRAINT "intakes_sizes" CHECK (length("intakes"."answers") <= 200000 and length("intakes"."ids") <= 2000),
	CONSTRAINT "intakes_made" CHECK (("intakes"."request_id" is null) = ("intakes"."made" is null))
);
--> statement-breakpoint
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "intakes_request" ON "intakes" USING btree ("request_id") WHERE "intakes"."request_id" is not null;--> statement-breakpoint
CREATE INDEX "intakes_by" ON "intakes" USING btree ("by_person","saved_at");--> statement-breakpoint

-- by hand
-- An intake is somebody's own: whose it is, when it was begun and which records it will make never change.
GRANT SELECT, INSERT, DELETE, UPDATE (saved_at, version, answers, request_id, made) ON intakes TO onward_app;--> statement-breakpoint
-- Once its request was submitted it stands beside it as it was.
CREATE FUNCTION intake_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.request_id IS NOT NULL AND NEW.request_id IS DISTINCT FROM OLD.request_id THEN
    RAISE EXCEPTION 'an intake stays with its request' USING ERRCODE = 'ON010';
  END IF;
  IF OLD.request_id IS NOT NULL AND EXISTS (SELECT 1 FROM requests r WHERE r.id = OLD.request_id AND r.revision > 0) THEN
    RAISE EXCEPTION 'the intake of a submitted request stands' USING ERRCODE = 'ON010';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'an intake is saved on the version that was seen' USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER intakes_stand BEFORE UPDATE OR DELETE ON intakes FOR EACH ROW EXECUTE FUNCTION intake_stands();--> statement-breakpoint
ALTER TABLE intakes ENABLE ALWAYS TRIGGER intakes_stand;
