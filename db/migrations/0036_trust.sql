CREATE TABLE "paper_confirmations" (
	"agreement_id" text NOT NULL,
	"sha256" text NOT NULL,
	"person_id" text NOT NULL,
	"saw" text NOT NULL,
	"author" boolean NOT NULL,
	"request_id" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "paper_confirmations_agreement_id_sha256_person_id_pk" PRIMARY KEY("agreement_id","sha256","person_id"),
	CONSTRAINT "paper_confirmations_agreement" CHECK ("paper_confirmations"."agreement_id" ~ '^agr_[0-9a-z]{26}$'),
	CONSTRAINT "paper_confirmations_sha256" CHECK ("paper_confirmations"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "paper_confirmations_saw" CHECK ("paper_confirmations"."saw" in ('original','scan'))
);
--> statement-breakpoint
CREATE TABLE "trust_list_decisions" (
	"list_id" text PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"reason" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "trust_list_decisions_verdict" CHECK ("trust_list_decisions"."verdict" in ('approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "trust_list_files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"facts" text NOT NULL,
	CONSTRAINT "trust_list_files_sha256" CHECK ("trust_list_files"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "trust_lists" (
	"id" text PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"op" text NOT NULL,
	"name" text NOT NULL,
	"sha256" text,
	"issued_on" text,
	"next_update_on" text,
	"roots" integer NOT NULL,
	"unreadable" integer NOT NULL,
	"from_on" date NOT NULL,
	"by_person" text NOT NULL,
	"source" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "trust_lists_n_unique" UNIQUE("n"),
	CONSTRAINT "trust_lists_id" CHECK ("trust_lists"."id" ~ '^tls_[0-9a-z]{26}$'),
	CONSTRAINT "trust_lists_op" CHECK ("trust_lists"."op" in ('load','withdraw') and ("trust_lists"."op" = 'load') = ("trust_lists"."sha256" is not null))
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_about";--> statement-breakpoint
ALTER TABLE "paper_confirmations" ADD CONSTRAINT "paper_confirmations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_confirmations" ADD CONSTRAINT "paper_confirmations_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_list_decisions" ADD CONSTRAINT "trust_list_decisions_list_id_trust_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."trust_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_list_decisions" ADD CONSTRAINT "trust_list_decisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_lists" ADD CONSTRAINT "trust_lists_sha256_trust_list_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."trust_list_files"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_lists" ADD CONSTRAINT "trust_lists_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_confirmations_person" ON "paper_confirmations" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered','file','trust'));--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_about" CHECK ("tellings"."kind" in ('file', 'trust') or "tellings"."request_id" is not null or "tellings"."record_id" is not null);
--> statement-breakpoint
-- by hand
-- The bytes are what their hash says, whoever writes them.
ALTER TABLE trust_list_files ADD CONSTRAINT trust_list_files_true CHECK (sha256 = encode(sha256(bytes), 'hex'));--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['trust_list_files','trust_lists','trust_list_decisions','paper_confirmations'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    CONTINUE WHEN t = 'trust_list_files';
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
-- Proposals follow each other, and are made and decided on one after another.
CREATE FUNCTION trust_lists_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_n int;
BEGIN
  PERFORM pg_advisory_xact_lock(7304920043);
  SELECT max(n) INTO last_n FROM trust_lists;
  IF NEW.n <> coalesce(last_n, 0) + 1 THEN
    RAISE EXCEPTION 'proposal % of trusted roots does not follow the last', NEW.n USING ERRCODE = 'ON043';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION trust_lists_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER trust_lists_follow BEFORE INSERT ON trust_lists FOR EACH ROW EXECUTE FUNCTION trust_lists_follow();--> statement-breakpoint
ALTER TABLE trust_lists ENABLE ALWAYS TRIGGER trust_lists_follow;--> statement-breakpoint
-- Nobody confirms roots that they proposed; only whoever proposed them takes them back.
CREATE FUNCTION trust_lists_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE proposer text;
BEGIN
  SELECT by_person INTO proposer FROM trust_lists WHERE id = NEW.list_id;
  IF (proposer = NEW.by_person) <> (NEW.verdict = 'withdrawn') THEN
    RAISE EXCEPTION 'trusted roots are confirmed by another person than proposed them' USING ERRCODE = 'ON044';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION trust_lists_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER trust_lists_apart BEFORE INSERT ON trust_list_decisions FOR EACH ROW EXECUTE FUNCTION trust_lists_apart();--> statement-breakpoint
ALTER TABLE trust_list_decisions ENABLE ALWAYS TRIGGER trust_lists_apart;--> statement-breakpoint
-- Whether a person wrote in a request that brought the file of a paper: of every version that names it, and of the request in
-- which it is looked at. A confirmation of theirs says so, or does not stand.
CREATE FUNCTION paper_author(paper text, file text, person text, request text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM request_authors a WHERE a.person_id = person AND (a.request_id = request OR a.request_id IN (
      SELECT v.request_id FROM versions v WHERE v.record_id = paper AND strpos(v.body, '"sha256":"' || file || '"') > 0)))
$$;--> statement-breakpoint
CREATE FUNCTION paper_confirmed_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT NEW.author AND paper_author(NEW.agreement_id, NEW.sha256, NEW.person_id, NEW.request_id) THEN
    RAISE EXCEPTION '% wrote in the request of this paper', NEW.person_id USING ERRCODE = 'ON045';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION paper_author(text, text, text, text), paper_confirmed_apart() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION paper_author(text, text, text, text) TO onward_app;--> statement-breakpoint
CREATE TRIGGER paper_confirmed_apart BEFORE INSERT ON paper_confirmations FOR EACH ROW EXECUTE FUNCTION paper_confirmed_apart();--> statement-breakpoint
ALTER TABLE paper_confirmations ENABLE ALWAYS TRIGGER paper_confirmed_apart;--> statement-breakpoint
-- Papers signed by hand are few; a signed text holds these signs in no other place, for quotes that somebody typed are escaped.
CREATE INDEX versions_by_hand ON versions (record_id) WHERE record_id LIKE 'agr\_%'
  AND (strpos(body, '"signing":{"state":"known","value":"by-hand"}') > 0 OR strpos(body, '"signing":{"state":"known","value":"by-seal"}') > 0);--> statement-breakpoint
CREATE INDEX proposals_by_hand ON proposals (request_id) WHERE record_id LIKE 'agr\_%'
  AND (strpos(body, '"signing":{"state":"known","value":"by-hand"}') > 0 OR strpos(body, '"signing":{"state":"known","value":"by-seal"}') > 0);--> statement-breakpoint
GRANT SELECT, INSERT ON trust_list_files, trust_lists, trust_list_decisions, paper_confirmations TO onward_app;--> statement-breakpoint
GRANT SELECT ON trust_list_files, trust_lists, trust_list_decisions, paper_confirmations TO onward_read;

