CREATE TABLE "absences" (
	"absence_id" text NOT NULL,
	"n" integer NOT NULL,
	"person_id" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"zone" text NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3),
	"state" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_person" text NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "absences_absence_id_n_pk" PRIMARY KEY("absence_id","n"),
	CONSTRAINT "absences_id" CHECK ("absences"."absence_id" ~ '^abs_[0-9a-z]{26}$'),
	CONSTRAINT "absences_state" CHECK ("absences"."state" in ('set','ended')),
	CONSTRAINT "absences_order" CHECK ("absences"."to_on" >= "absences"."from_on" and "absences"."until_at" > "absences"."from_at"),
	CONSTRAINT "absences_end" CHECK (("absences"."to_on" is null) = ("absences"."until_at" is null))
);
--> statement-breakpoint
CREATE TABLE "bulk_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"via" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"done_at" timestamptz(3),
	"leased_until" timestamptz(3),
	CONSTRAINT "bulk_decisions_via" CHECK ("bulk_decisions"."via" in ('page','token')),
	CONSTRAINT "bulk_decisions_id" CHECK ("bulk_decisions"."id" ~ '^tgt_[0-9a-z]{26}$')
);
--> statement-breakpoint
CREATE TABLE "bulk_lines" (
	"bulk_id" text NOT NULL,
	"position" integer NOT NULL,
	"request_id" text NOT NULL,
	"stage" text NOT NULL,
	"entity_id" text NOT NULL,
	"for_person" text,
	"hash" text NOT NULL,
	"state" text NOT NULL,
	"says" text,
	"tried_at" timestamptz(3),
	CONSTRAINT "bulk_lines_bulk_id_position_pk" PRIMARY KEY("bulk_id","position"),
	CONSTRAINT "bulk_lines_state" CHECK ("bulk_lines"."state" in ('waiting','taken','refused')),
	CONSTRAINT "bulk_lines_tried" CHECK (("bulk_lines"."state" = 'waiting') = ("bulk_lines"."tried_at" is null))
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"delegation_id" text NOT NULL,
	"n" integer NOT NULL,
	"absence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"delegate_id" text NOT NULL,
	"role" text NOT NULL,
	"entity_id" text,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_person" text NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "delegations_delegation_id_n_pk" PRIMARY KEY("delegation_id","n"),
	CONSTRAINT "delegations_id" CHECK ("delegations"."delegation_id" ~ '^dlg_[0-9a-z]{26}$'),
	CONSTRAINT "delegations_role" CHECK ("delegations"."role" in ('procurement','legal','dpo')),
	CONSTRAINT "delegations_state" CHECK ("delegations"."state" in ('given','ended')),
	CONSTRAINT "delegations_not_self" CHECK ("delegations"."delegate_id" <> "delegations"."person_id"),
	CONSTRAINT "delegations_order" CHECK ("delegations"."until_at" > "delegations"."from_at"),
	CONSTRAINT "delegations_own" CHECK ("delegations"."by_person" = "delegations"."person_id")
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "for_person" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "delegation_id" text;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_decisions" ADD CONSTRAINT "bulk_decisions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_lines" ADD CONSTRAINT "bulk_lines_bulk_id_bulk_decisions_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulk_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_lines" ADD CONSTRAINT "bulk_lines_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_delegate_id_people_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_person" ON "absences" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "bulk_decisions_open" ON "bulk_decisions" USING btree ("at") WHERE "bulk_decisions"."done_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_decisions_person" ON "bulk_decisions" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "delegations_delegate" ON "delegations" USING btree ("delegate_id");--> statement-breakpoint
CREATE INDEX "delegations_person" ON "delegations" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_behalf_seat" FOREIGN KEY ("request_id","for_person","stage","entity_id") REFERENCES "public"."seats"("request_id","person_id","stage","entity_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_behalf" CHECK (("decisions"."for_person" is null) = ("decisions"."delegation_id" is null) and "decisions"."for_person" is distinct from "decisions"."person_id");--> statement-breakpoint

-- by hand
GRANT SELECT, INSERT ON absences, delegations TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (reason, done_at, leased_until) ON bulk_decisions TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (state, says, tried_at) ON bulk_lines TO onward_app;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['absences','delegations'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE absences ADD CONSTRAINT absences_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE delegations ADD CONSTRAINT delegations_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint

-- Absences of one person are taken one after another: versions without a gap, who it is about never changes, no two on one day.
CREATE FUNCTION absence_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last absences;
BEGIN
  PERFORM 1 FROM people WHERE id = NEW.person_id FOR NO KEY UPDATE;
  SELECT * INTO last FROM absences WHERE absence_id = NEW.absence_id ORDER BY n DESC LIMIT 1;
  IF NEW.n <> coalesce(last.n, 0) + 1 OR (last.n IS NOT NULL AND (last.state = 'ended' OR (NEW.person_id, NEW.from_at, NEW.until_at)
      IS DISTINCT FROM (last.person_id, last.from_at, last.until_at))) THEN
    RAISE EXCEPTION 'version % of % does not follow the last', NEW.n, NEW.absence_id USING ERRCODE = 'ON012';
  END IF;
  IF NEW.state = 'set' AND EXISTS (
    SELECT 1 FROM (SELECT DISTINCT ON (a.absence_id) a.* FROM absences a
      WHERE a.person_id = NEW.person_id AND a.absence_id <> NEW.absence_id ORDER BY a.absence_id, a.n DESC) o
    WHERE o.state = 'set' AND o.from_at < coalesce(NEW.until_at, 'infinity') AND NEW.from_at < coalesce(o.until_at, 'infinity')
  ) THEN
    RAISE EXCEPTION 'two absences of one person overlap' USING ERRCODE = 'ON023';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER absences_follow BEFORE INSERT ON absences FOR EACH ROW EXECUTE FUNCTION absence_follows();--> statement-breakpoint
ALTER TABLE absences ENABLE ALWAYS TRIGGER absences_follow;--> statement-breakpoint
CREATE FUNCTION delegation_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last delegations;
BEGIN
  PERFORM 1 FROM people WHERE id = NEW.person_id FOR NO KEY UPDATE;
  SELECT * INTO last FROM delegations WHERE delegation_id = NEW.delegation_id ORDER BY n DESC LIMIT 1;
  IF NEW.n <> coalesce(last.n, 0) + 1 OR (last.n IS NOT NULL AND (last.state = 'ended'
      OR (NEW.absence_id, NEW.person_id, NEW.delegate_id, NEW.role, NEW.entity_id, NEW.from_at, NEW.until_at)
      IS DISTINCT FROM (last.absence_id, last.person_id, last.delegate_id, last.role, last.entity_id, last.from_at, last.until_at))) THEN
    RAISE EXCEPTION 'version % of % does not follow the last', NEW.n, NEW.delegation_id USING ERRCODE = 'ON012';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM absences a WHERE a.absence_id = NEW.absence_id AND a.person_id = NEW.person_id
      AND a.from_at <= NEW.from_at AND a.until_at >= NEW.until_at) THEN
    RAISE EXCEPTION 'a delegation lies within an absence of the same person' USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER delegations_follow BEFORE INSERT ON delegations FOR EACH ROW EXECUTE FUNCTION delegation_follows();--> statement-breakpoint
ALTER TABLE delegations ENABLE ALWAYS TRIGGER delegations_follow;--> statement-breakpoint

-- Whoever decides on behalf of another does it by a delegation of that other's, of that seat, in effect at that instant.
CREATE FUNCTION decision_delegated() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM (SELECT d.* FROM delegations d WHERE d.delegation_id = NEW.delegation_id AND d.at <= NEW.at ORDER BY d.n DESC LIMIT 1) d
    WHERE d.state = 'given' AND d.person_id = NEW.for_person AND d.delegate_id = NEW.person_id
      AND d.role = CASE NEW.stage WHEN 'second-legal' THEN 'legal' ELSE NEW.stage END
      AND (d.entity_id IS NULL OR d.entity_id = NEW.entity_id) AND d.from_at <= NEW.at AND d.until_at > NEW.at
  ) THEN
    RAISE EXCEPTION 'no delegation in effect lets them decide this on behalf of the other' USING ERRCODE = 'ON021';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER decisions_delegated BEFORE INSERT ON decisions FOR EACH ROW WHEN (NEW.for_person IS NOT NULL OR NEW.delegation_id IS NOT NULL)
  EXECUTE FUNCTION decision_delegated();--> statement-breakpoint
ALTER TABLE decisions ENABLE ALWAYS TRIGGER decisions_delegated;
