CREATE TABLE "erased" (
	"commitment" text PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasure_decisions" (
	"erasure_id" text PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "erasure_decisions_verdict" CHECK ("erasure_decisions"."verdict" in ('approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" text PRIMARY KEY NOT NULL,
	"commitments" text[] NOT NULL,
	"ground" text NOT NULL,
	"reason" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "erasures_id" CHECK ("erasures"."id" ~ '^ers_[0-9a-z]{26}$'),
	CONSTRAINT "erasures_some" CHECK (cardinality("erasures"."commitments") between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "log_key_decisions" (
	"turn_id" text PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "log_key_decisions_verdict" CHECK ("log_key_decisions"."verdict" in ('approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "log_key_turns" (
	"id" text PRIMARY KEY NOT NULL,
	"printed" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "log_key_turns_id" CHECK ("log_key_turns"."id" ~ '^ktn_[0-9a-z]{26}$')
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_about";--> statement-breakpoint
ALTER TABLE "erasure_decisions" ADD CONSTRAINT "erasure_decisions_erasure_id_erasures_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_decisions" ADD CONSTRAINT "erasure_decisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_key_decisions" ADD CONSTRAINT "log_key_decisions_turn_id_log_key_turns_id_fk" FOREIGN KEY ("turn_id") REFERENCES "public"."log_key_turns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_key_decisions" ADD CONSTRAINT "log_key_decisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_key_turns" ADD CONSTRAINT "log_key_turns_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasures_order" ON "erasures" USING btree ("log_index");--> statement-breakpoint
CREATE INDEX "log_key_turns_order" ON "log_key_turns" USING btree ("log_index");--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered','file','trust','question','log'));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_about" CHECK ("tellings"."kind" in ('file', 'trust', 'log') or "tellings"."request_id" is not null or "tellings"."record_id" is not null);
--> statement-breakpoint
-- by hand
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log_key_turns','log_key_decisions','erasures','erasure_decisions','erased'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
-- Nobody confirms what they proposed; only whoever proposed it takes it back.
CREATE FUNCTION log_keys_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF ((SELECT by_person FROM log_key_turns WHERE id = NEW.turn_id) = NEW.by_person) <> (NEW.verdict = 'withdrawn') THEN
    RAISE EXCEPTION 'a key of the log is confirmed by another person than proposed it' USING ERRCODE = 'ON100';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION log_keys_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER log_key_decisions_apart BEFORE INSERT ON log_key_decisions FOR EACH ROW EXECUTE FUNCTION log_keys_apart();--> statement-breakpoint
ALTER TABLE log_key_decisions ENABLE ALWAYS TRIGGER log_key_decisions_apart;--> statement-breakpoint
CREATE FUNCTION erasures_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF ((SELECT by_person FROM erasures WHERE id = NEW.erasure_id) = NEW.by_person) <> (NEW.verdict = 'withdrawn') THEN
    RAISE EXCEPTION 'an erasure is confirmed by another person than proposed it' USING ERRCODE = 'ON101';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION erasures_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER erasure_decisions_apart BEFORE INSERT ON erasure_decisions FOR EACH ROW EXECUTE FUNCTION erasures_apart();--> statement-breakpoint
ALTER TABLE erasure_decisions ENABLE ALWAYS TRIGGER erasure_decisions_apart;--> statement-breakpoint
-- What was erased does not come back under its commitment.
CREATE FUNCTION disclosures_stay_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM erased WHERE commitment = NEW.commitment) THEN
    RAISE EXCEPTION 'the value behind this commitment was erased' USING ERRCODE = 'ON102';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION disclosures_stay_erased() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER disclosures_stay_erased BEFORE INSERT ON disclosures FOR EACH ROW EXECUTE FUNCTION disclosures_stay_erased();--> statement-breakpoint
ALTER TABLE disclosures ENABLE ALWAYS TRIGGER disclosures_stay_erased;

