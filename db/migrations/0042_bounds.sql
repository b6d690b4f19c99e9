CREATE TABLE "question_replies" (
	"id" text PRIMARY KEY NOT NULL,
	"question_id" text NOT NULL,
	"side" text NOT NULL,
	"words" text NOT NULL,
	"record_ids" text[] NOT NULL,
	"file_ids" text[] NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "question_replies_id" CHECK ("question_replies"."id" ~ '^rpl_[0-9a-z]{26}$'),
	CONSTRAINT "question_replies_side" CHECK ("question_replies"."side" in ('company','supervisor')),
	CONSTRAINT "question_replies_size" CHECK (cardinality("question_replies"."record_ids") <= 50 and cardinality("question_replies"."file_ids") <= 50)
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_id" text NOT NULL,
	"entity_ids" text[] NOT NULL,
	"words" text NOT NULL,
	"due_on" date,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "questions_id" CHECK ("questions"."id" ~ '^qst_[0-9a-z]{26}$'),
	CONSTRAINT "questions_subject" CHECK ("questions"."subject_id" ~ '^(pty|shr|agr|asm|con|ntc|dmd|chn|req)_[0-9a-z]{26}$')
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "kinds" text[];--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "first_on" date;--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "last_on" date;--> statement-breakpoint
ALTER TABLE "question_replies" ADD CONSTRAINT "question_replies_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_replies" ADD CONSTRAINT "question_replies_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_replies_question" ON "question_replies" USING btree ("question_id","at");--> statement-breakpoint
CREATE INDEX "questions_order" ON "questions" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "questions_subject" ON "questions" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "questions_person" ON "questions" USING btree ("by_person","at");--> statement-breakpoint
CREATE INDEX "findings_came" ON "findings" USING btree ("from_at") WHERE "findings"."from_at" > '-infinity';--> statement-breakpoint
CREATE INDEX "findings_went" ON "findings" USING btree ("until_at") WHERE "findings"."until_at" <> 'infinity';--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_bound" CHECK (("role_grants"."kinds" is null and "role_grants"."first_on" is null and "role_grants"."last_on" is null) or ("role_grants"."role" = 'supervisor'
        and cardinality("role_grants"."kinds") is distinct from 0 and ("role_grants"."first_on" is null or "role_grants"."last_on" is null or "role_grants"."first_on" <= "role_grants"."last_on")
        and "role_grants"."kinds" <@ array['party','sharing','agreement','assessment','consent','notice','demand','chain'] is distinct from false));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered','file','trust','question'));
--> statement-breakpoint
-- by hand
-- What was asked and answered is added to and never rewritten; each row bears its act's instant and place.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['questions', 'question_replies'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
-- Whoever is bound to kinds and a period as a supervisor reads by no other role beside it: they would be bound to nothing.
CREATE FUNCTION bound_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM people WHERE id = NEW.person_id FOR NO KEY UPDATE;
  IF NEW.state <> 'revoked' AND EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT ON (g.grant_id) g.role, g.state, g.until_at, coalesce(g.kinds IS NOT NULL OR g.first_on IS NOT NULL OR g.last_on IS NOT NULL, false) AS bound
      FROM role_grants g WHERE g.person_id = NEW.person_id AND g.grant_id <> NEW.grant_id ORDER BY g.grant_id, g.n DESC
    ) held WHERE held.state <> 'revoked' AND (held.until_at IS NULL OR held.until_at > NEW.at) AND (
      ((NEW.kinds IS NOT NULL OR NEW.first_on IS NOT NULL OR NEW.last_on IS NOT NULL) AND held.role NOT IN ('supervisor', 'administrator')) OR
      (held.bound AND NEW.role NOT IN ('supervisor', 'administrator')))
  ) THEN
    RAISE EXCEPTION 'whoever is bound as a supervisor reads by no other role' USING ERRCODE = 'ON080';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER role_grants_bound_apart BEFORE INSERT ON role_grants FOR EACH ROW EXECUTE FUNCTION bound_apart();--> statement-breakpoint
ALTER TABLE role_grants ENABLE ALWAYS TRIGGER role_grants_bound_apart;

