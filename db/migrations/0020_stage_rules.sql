CREATE TABLE "stage_rule_decisions" (
	"version" integer PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"reason" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "stage_rule_decisions_verdict" CHECK ("stage_rule_decisions"."verdict" in ('approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "stage_rules" (
	"version" integer PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"by_person" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "stage_rules_version" CHECK ("stage_rules"."version" >= 2)
);
--> statement-breakpoint
CREATE TABLE "work_calendars" (
	"entity_id" text NOT NULL,
	"n" integer NOT NULL,
	"weekend" integer[] NOT NULL,
	"holidays" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_person" text,
	"log_index" bigint NOT NULL,
	CONSTRAINT "work_calendars_entity_id_n_pk" PRIMARY KEY("entity_id","n"),
	CONSTRAINT "work_calendars_n" CHECK ("work_calendars"."n" >= 1)
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "revision_stages" ADD COLUMN "wave" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "revision_stages" ADD COLUMN "days" integer DEFAULT 3 NOT NULL;--> statement-breakpoint
ALTER TABLE "revision_stages" ADD COLUMN "persons" text[];--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "rules_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "stage_rule_decisions" ADD CONSTRAINT "stage_rule_decisions_version_stage_rules_version_fk" FOREIGN KEY ("version") REFERENCES "public"."stage_rules"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_rule_decisions" ADD CONSTRAINT "stage_rule_decisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_rules" ADD CONSTRAINT "stage_rules_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_calendars" ADD CONSTRAINT "work_calendars_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_at" ON "decisions" USING btree ("at");--> statement-breakpoint
ALTER TABLE "revision_stages" ADD CONSTRAINT "revision_stages_rules" CHECK ("revision_stages"."wave" between 1 and 4 and "revision_stages"."days" between 1 and 60);--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody'));--> statement-breakpoint

-- by hand
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['stage_rules','stage_rule_decisions','work_calendars'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
-- Versions of the rules follow each other. Proposing and approving are taken one after another, and wait for whoever
-- works out stages by the rules that hold.
CREATE FUNCTION stage_rules_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_version int;
BEGIN
  PERFORM pg_advisory_xact_lock(7304920027);
  SELECT max(version) INTO last_version FROM stage_rules;
  IF NEW.version <> coalesce(last_version, 1) + 1 THEN
    RAISE EXCEPTION 'version % of the stage rules does not follow the last', NEW.version USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION stage_rules_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER stage_rules_follow BEFORE INSERT ON stage_rules FOR EACH ROW EXECUTE FUNCTION stage_rules_follow();--> statement-breakpoint
ALTER TABLE stage_rules ENABLE ALWAYS TRIGGER stage_rules_follow;--> statement-breakpoint
-- Nobody decides on rules that they proposed; only whoever proposed them takes them back.
CREATE FUNCTION stage_rules_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE proposer text;
BEGIN
  SELECT by_person INTO proposer FROM stage_rules WHERE version = NEW.version;
  IF (proposer = NEW.by_person) <> (NEW.verdict = 'withdrawn') THEN
    RAISE EXCEPTION 'stage rules are decided on by another person than proposed them' USING ERRCODE = 'ON013';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION stage_rules_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER stage_rules_apart BEFORE INSERT ON stage_rule_decisions FOR EACH ROW EXECUTE FUNCTION stage_rules_apart();--> statement-breakpoint
ALTER TABLE stage_rule_decisions ENABLE ALWAYS TRIGGER stage_rules_apart;--> statement-breakpoint
CREATE FUNCTION work_calendars_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_n int;
BEGIN
  PERFORM 1 FROM records WHERE id = NEW.entity_id FOR NO KEY UPDATE;
  SELECT max(n) INTO last_n FROM work_calendars WHERE entity_id = NEW.entity_id;
  IF NEW.n <> coalesce(last_n, 0) + 1 THEN
    RAISE EXCEPTION 'version % of the calendar of % does not follow the last', NEW.n, NEW.entity_id USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION work_calendars_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER work_calendars_follow BEFORE INSERT ON work_calendars FOR EACH ROW EXECUTE FUNCTION work_calendars_follow();--> statement-breakpoint
ALTER TABLE work_calendars ENABLE ALWAYS TRIGGER work_calendars_follow;--> statement-breakpoint
-- A stage that names persons is taken by nobody else, whoever asks.
CREATE FUNCTION decision_by_named() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM revision_stages s WHERE s.request_id = NEW.request_id AND s.n = NEW.revision AND s.stage = NEW.stage
      AND s.entity_id = NEW.entity_id AND s.persons IS NOT NULL AND NOT NEW.person_id = ANY (s.persons)
  ) THEN
    RAISE EXCEPTION '% is not among the persons of this stage', NEW.person_id USING ERRCODE = 'ON017';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION decision_by_named() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER decisions_by_named BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decision_by_named();--> statement-breakpoint
ALTER TABLE decisions ENABLE ALWAYS TRIGGER decisions_by_named;--> statement-breakpoint
GRANT SELECT, INSERT ON stage_rules, stage_rule_decisions, work_calendars TO onward_app;--> statement-breakpoint
GRANT SELECT ON stage_rules, stage_rule_decisions, work_calendars TO onward_read;
