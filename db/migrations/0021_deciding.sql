CREATE TABLE "carried" (
	"request_id" text NOT NULL,
	"revision" integer NOT NULL,
	"decision_id" text NOT NULL,
	"stage" text NOT NULL,
	"entity_id" text NOT NULL,
	"fate" text NOT NULL,
	"because" text[] NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "carried_request_id_revision_decision_id_pk" PRIMARY KEY("request_id","revision","decision_id"),
	CONSTRAINT "carried_fate" CHECK ("carried"."fate" in ('kept','withdrawn')),
	CONSTRAINT "carried_why" CHECK ("carried"."fate" = 'kept' or cardinality("carried"."because") > 0)
);
--> statement-breakpoint
CREATE TABLE "comment_turns" (
	"comment_id" text NOT NULL,
	"turn" text NOT NULL,
	"person_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "comment_turns_comment_id_log_index_pk" PRIMARY KEY("comment_id","log_index"),
	CONSTRAINT "comment_turns_turn" CHECK ("comment_turns"."turn" in ('resolved','reopened'))
);
--> statement-breakpoint
CREATE TABLE "condition_turns" (
	"condition_id" text NOT NULL,
	"turn" text NOT NULL,
	"person_id" text NOT NULL,
	"words" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "condition_turns_condition_id_log_index_pk" PRIMARY KEY("condition_id","log_index"),
	CONSTRAINT "condition_turns_turn" CHECK ("condition_turns"."turn" in ('met','confirmed','sent-back'))
);
--> statement-breakpoint
CREATE TABLE "conditions" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"n" integer NOT NULL,
	"words" text NOT NULL,
	"owner_id" text NOT NULL,
	"due_on" date NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "conditions_id" CHECK ("conditions"."id" ~ '^cnd_[0-9a-z]{26}$')
);
--> statement-breakpoint
CREATE TABLE "request_looks" (
	"person_id" text NOT NULL,
	"request_id" text NOT NULL,
	"since" timestamptz(3),
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "request_looks_person_id_request_id_pk" PRIMARY KEY("person_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_verdict";--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "thread_id" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "mentions" text[];--> statement-breakpoint
ALTER TABLE "carried" ADD CONSTRAINT "carried_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried" ADD CONSTRAINT "carried_request_id_revision_revisions_request_id_n_fk" FOREIGN KEY ("request_id","revision") REFERENCES "public"."revisions"("request_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_turns" ADD CONSTRAINT "comment_turns_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_turns" ADD CONSTRAINT "comment_turns_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_turns" ADD CONSTRAINT "condition_turns_condition_id_conditions_id_fk" FOREIGN KEY ("condition_id") REFERENCES "public"."conditions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_turns" ADD CONSTRAINT "condition_turns_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_looks" ADD CONSTRAINT "request_looks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_looks" ADD CONSTRAINT "request_looks_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "carried_once" ON "carried" USING btree ("request_id","revision","stage","entity_id") WHERE "carried"."fate" = 'kept';--> statement-breakpoint
CREATE INDEX "carried_decision" ON "carried" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "conditions_request" ON "conditions" USING btree ("request_id","log_index","n");--> statement-breakpoint
CREATE INDEX "conditions_decision" ON "conditions" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "conditions_owner" ON "conditions" USING btree ("owner_id","due_on");--> statement-breakpoint
CREATE INDEX "conditions_due" ON "conditions" USING btree ("due_on","id");--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_comments_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_verdict" CHECK ("decisions"."verdict" in ('approve','approve-with-conditions','refuse','ask-changes','agree','agree-with-conditions','advise-against'));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition'));--> statement-breakpoint

-- by hand
-- What is decided in a request stands like the decisions themselves, and bears its act's own instant and place.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['carried', 'comment_turns', 'conditions', 'condition_turns'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (since, at) ON request_looks TO onward_app;--> statement-breakpoint

-- A new revision keeps only what counted on the one before: a yes at a stage that it still needs and in the same
-- seat, of somebody who wrote none of it (invariant 2). It is written by the act that makes the revision.
CREATE FUNCTION carried_counts() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE d decisions%ROWTYPE;
BEGIN
  SELECT * INTO d FROM decisions WHERE id = NEW.decision_id;
  IF d.id IS NULL OR d.request_id <> NEW.request_id OR d.stage <> NEW.stage OR d.entity_id <> NEW.entity_id
    OR d.verdict NOT IN ('approve', 'approve-with-conditions', 'agree', 'agree-with-conditions')
    OR NOT (d.revision = NEW.revision - 1 OR EXISTS (SELECT 1 FROM carried c WHERE c.request_id = NEW.request_id
      AND c.revision = NEW.revision - 1 AND c.decision_id = NEW.decision_id AND c.fate = 'kept'))
    OR NOT EXISTS (SELECT 1 FROM revisions v WHERE v.request_id = NEW.request_id AND v.n = NEW.revision AND v.log_index = NEW.log_index) THEN
    RAISE EXCEPTION 'decision % did not count before revision %', NEW.decision_id, NEW.revision USING ERRCODE = 'ON022';
  END IF;
  IF NEW.fate = 'kept' AND (
    EXISTS (SELECT 1 FROM request_authors a WHERE a.request_id = NEW.request_id AND a.person_id = d.person_id)
    OR NOT EXISTS (SELECT 1 FROM revision_stages s JOIN revision_stages o ON o.request_id = s.request_id AND o.n = d.revision
      AND o.stage = s.stage AND o.entity_id = s.entity_id AND o.seat = s.seat
      WHERE s.request_id = NEW.request_id AND s.n = NEW.revision AND s.stage = NEW.stage AND s.entity_id = NEW.entity_id)) THEN
    RAISE EXCEPTION 'decision % cannot be kept for revision %', NEW.decision_id, NEW.revision USING ERRCODE = 'ON022';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER carried_counts BEFORE INSERT ON carried FOR EACH ROW EXECUTE FUNCTION carried_counts();--> statement-breakpoint
ALTER TABLE carried ENABLE ALWAYS TRIGGER carried_counts;--> statement-breakpoint

-- Whatever is kept, a stage that decides is open: nothing comes into force without a fresh act on what came new.
CREATE FUNCTION carried_leaves_one() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.fate = 'kept' AND NOT EXISTS (SELECT 1 FROM revision_stages s WHERE s.request_id = NEW.request_id AND s.n = NEW.revision
    AND s.seat = 'decides' AND NOT EXISTS (SELECT 1 FROM carried c WHERE c.request_id = s.request_id AND c.revision = s.n
      AND c.stage = s.stage AND c.entity_id = s.entity_id AND c.fate = 'kept')) THEN
    RAISE EXCEPTION 'revision % of % keeps every stage that decides', NEW.revision, NEW.request_id USING ERRCODE = 'ON022';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER carried_leaves_one AFTER INSERT ON carried DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION carried_leaves_one();--> statement-breakpoint
ALTER TABLE carried ENABLE ALWAYS TRIGGER carried_leaves_one;--> statement-breakpoint

-- What is kept is decided: nobody decides it again on the same revision.
CREATE FUNCTION decision_not_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM carried c WHERE c.request_id = NEW.request_id AND c.revision = NEW.revision AND c.stage = NEW.stage
    AND c.entity_id = NEW.entity_id AND c.fate = 'kept') THEN
    RAISE EXCEPTION 'the stage is decided: it was kept from an earlier revision' USING ERRCODE = 'ON018';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER decisions_not_kept BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decision_not_kept();--> statement-breakpoint
ALTER TABLE decisions ENABLE ALWAYS TRIGGER decisions_not_kept;--> statement-breakpoint

-- A thread lies within one request and has one beginning; it is settled and taken up again by turns.
CREATE FUNCTION comment_in_thread() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.thread_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.id = NEW.thread_id AND c.request_id = NEW.request_id
    AND c.thread_id IS NULL AND c.path IS NOT DISTINCT FROM NEW.path AND (NEW.legal_advice OR NOT c.legal_advice)) THEN
    RAISE EXCEPTION 'a comment answers the first of a thread of its request' USING ERRCODE = 'ON019';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER comments_in_thread BEFORE INSERT ON comments FOR EACH ROW EXECUTE FUNCTION comment_in_thread();--> statement-breakpoint
ALTER TABLE comments ENABLE ALWAYS TRIGGER comments_in_thread;--> statement-breakpoint
CREATE FUNCTION comment_turn_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_turn text;
BEGIN
  PERFORM 1 FROM requests r JOIN comments c ON c.request_id = r.id WHERE c.id = NEW.comment_id FOR NO KEY UPDATE OF r;
  SELECT turn INTO last_turn FROM comment_turns WHERE comment_id = NEW.comment_id ORDER BY log_index DESC LIMIT 1;
  IF (NEW.turn = 'resolved') = (last_turn IS NOT DISTINCT FROM 'resolved')
    OR EXISTS (SELECT 1 FROM comments c WHERE c.id = NEW.comment_id AND c.thread_id IS NOT NULL) THEN
    RAISE EXCEPTION 'the thread is that already' USING ERRCODE = 'ON019';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER comment_turns_follow BEFORE INSERT ON comment_turns FOR EACH ROW EXECUTE FUNCTION comment_turn_follows();--> statement-breakpoint
ALTER TABLE comment_turns ENABLE ALWAYS TRIGGER comment_turns_follow;--> statement-breakpoint

-- A condition belongs to a decision that was given with conditions, in its act. Its owner says that it is met; somebody else confirms it.
CREATE FUNCTION condition_of_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id AND d.request_id = NEW.request_id AND d.at = NEW.at
    AND d.verdict IN ('approve-with-conditions', 'agree-with-conditions')) THEN
    RAISE EXCEPTION 'a condition belongs to a decision that is given with conditions' USING ERRCODE = 'ON020';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER conditions_of_decision BEFORE INSERT ON conditions FOR EACH ROW EXECUTE FUNCTION condition_of_decision();--> statement-breakpoint
ALTER TABLE conditions ENABLE ALWAYS TRIGGER conditions_of_decision;--> statement-breakpoint
CREATE FUNCTION condition_turn_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_turn text; last_person text; owner text; request text;
BEGIN
  SELECT c.owner_id, c.request_id INTO STRICT owner, request FROM conditions c WHERE c.id = NEW.condition_id;
  PERFORM 1 FROM requests WHERE id = request FOR NO KEY UPDATE;
  SELECT turn, person_id INTO last_turn, last_person FROM condition_turns WHERE condition_id = NEW.condition_id ORDER BY log_index DESC LIMIT 1;
  IF (NEW.turn = 'met' AND (NEW.person_id <> owner OR last_turn IN ('met', 'confirmed')))
    OR (NEW.turn <> 'met' AND (last_turn IS DISTINCT FROM 'met' OR NEW.person_id = last_person OR NEW.person_id = owner
      OR EXISTS (SELECT 1 FROM request_authors a WHERE a.request_id = request AND a.person_id = NEW.person_id))) THEN
    RAISE EXCEPTION 'the condition cannot become %', NEW.turn USING ERRCODE = 'ON020';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER condition_turns_follow BEFORE INSERT ON condition_turns FOR EACH ROW EXECUTE FUNCTION condition_turn_follows();--> statement-breakpoint
ALTER TABLE condition_turns ENABLE ALWAYS TRIGGER condition_turns_follow;
