CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "campaigns_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"entity_id" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"due_on" date NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"log_index" bigint NOT NULL,
	CONSTRAINT "campaigns_no_unique" UNIQUE("no"),
	CONSTRAINT "campaigns_id" CHECK ("campaigns"."id" ~ '^cmp_[0-9a-z]{26}$')
);
--> statement-breakpoint
CREATE TABLE "supplier_answers" (
	"link_id" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"n" integer NOT NULL,
	"saved_at" timestamptz(3) NOT NULL,
	CONSTRAINT "supplier_answers_size" CHECK (length("supplier_answers"."body") <= 200000)
);
--> statement-breakpoint
CREATE TABLE "supplier_files" (
	"link_id" text NOT NULL,
	"file_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "supplier_files_link_id_file_id_pk" PRIMARY KEY("link_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "supplier_links" (
	"id" text PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "supplier_links_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"hash" "bytea" NOT NULL,
	"entity_id" text NOT NULL,
	"party_id" text NOT NULL,
	"party_name" text NOT NULL,
	"request_id" text,
	"campaign_id" text,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"due_on" date NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"opened_at" timestamptz(3),
	"sent_at" timestamptz(3),
	"reminded_at" timestamptz(3),
	"log_index" bigint NOT NULL,
	CONSTRAINT "supplier_links_no_unique" UNIQUE("no"),
	CONSTRAINT "supplier_links_hash_unique" UNIQUE("hash"),
	CONSTRAINT "supplier_links_id" CHECK ("supplier_links"."id" ~ '^slk_[0-9a-z]{26}$')
);
--> statement-breakpoint
CREATE TABLE "supplier_takings" (
	"request_id" text NOT NULL,
	"record_id" text NOT NULL,
	"field" text NOT NULL,
	"link_id" text NOT NULL,
	"question" text NOT NULL,
	"hash" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "supplier_takings_request_id_record_id_field_pk" PRIMARY KEY("request_id","record_id","field")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"person_id" text NOT NULL,
	"said_name" text NOT NULL,
	"said_email" text,
	"at" timestamptz(3) NOT NULL,
	"seen_at" timestamptz(3) NOT NULL,
	CONSTRAINT "identities_issuer_subject_pk" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "identities_size" CHECK (length("identities"."issuer") <= 500 and length("identities"."subject") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "sign_on_rules" (
	"n" integer PRIMARY KEY NOT NULL,
	"everywhere" boolean NOT NULL,
	"entity_ids" text[] NOT NULL,
	"by_person" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "sign_on_rules_whole" CHECK (not "sign_on_rules"."everywhere" or "sign_on_rules"."entity_ids" = '{}')
);
--> statement-breakpoint
ALTER TABLE "tellings" DROP CONSTRAINT "tellings_kind";--> statement-breakpoint
ALTER TABLE "people" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_answers" ADD CONSTRAINT "supplier_answers_link_id_supplier_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."supplier_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_files" ADD CONSTRAINT "supplier_files_link_id_supplier_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."supplier_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_files" ADD CONSTRAINT "supplier_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_links" ADD CONSTRAINT "supplier_links_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_links" ADD CONSTRAINT "supplier_links_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_links" ADD CONSTRAINT "supplier_links_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_links" ADD CONSTRAINT "supplier_links_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_takings" ADD CONSTRAINT "supplier_takings_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_takings" ADD CONSTRAINT "supplier_takings_link_id_supplier_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."supplier_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_takings" ADD CONSTRAINT "supplier_takings_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaigns_at" ON "campaigns" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "supplier_files_file" ON "supplier_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "supplier_links_party" ON "supplier_links" USING btree ("party_id","at");--> statement-breakpoint
CREATE INDEX "supplier_links_request" ON "supplier_links" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "supplier_links_campaign" ON "supplier_links" USING btree ("campaign_id","party_name","id");--> statement-breakpoint
CREATE INDEX "supplier_links_due" ON "supplier_links" USING btree ("due_on","id") WHERE "supplier_links"."sent_at" is null and "supplier_links"."revoked_at" is null and "supplier_links"."reminded_at" is null;--> statement-breakpoint
CREATE INDEX "supplier_takings_record" ON "supplier_takings" USING btree ("record_id","field");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_person" ON "identities" USING btree ("person_id","issuer");--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented','nobody','mentioned','condition','answered','unanswered'));--> statement-breakpoint

-- by hand
-- By whom people sign on may be unlinked; where new people are requesters is added to and never rewritten.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['sign_on_rules'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
  END LOOP;
  FOREACH t IN ARRAY ARRAY['sign_on_rules', 'campaigns', 'supplier_links'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE sign_on_rules ADD CONSTRAINT sign_on_rules_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE supplier_links ADD CONSTRAINT supplier_links_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE campaigns ADD CONSTRAINT campaigns_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- What a party sent stands as it was sent, and a link that was revoked or answered is never open again.
CREATE FUNCTION sent_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of text;
BEGIN
  IF current_user <> 'onward_app' THEN RETURN coalesce(NEW, OLD); END IF;
  of := CASE WHEN TG_OP = 'DELETE' THEN OLD.link_id ELSE NEW.link_id END;
  IF EXISTS (SELECT 1 FROM supplier_links l WHERE l.id = of AND (l.sent_at IS NOT NULL OR l.revoked_at IS NOT NULL)) THEN
    RAISE EXCEPTION '% on % is refused: what was sent stands', TG_OP, TG_TABLE_NAME USING ERRCODE = 'ON010';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;--> statement-breakpoint
CREATE FUNCTION link_stays_shut() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
    OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a link that is shut stays shut', TG_TABLE_NAME USING ERRCODE = 'ON010';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER supplier_answers_sent BEFORE INSERT OR UPDATE OR DELETE ON supplier_answers FOR EACH ROW EXECUTE FUNCTION sent_stands();--> statement-breakpoint
ALTER TABLE supplier_answers ENABLE ALWAYS TRIGGER supplier_answers_sent;--> statement-breakpoint
CREATE TRIGGER supplier_files_sent BEFORE INSERT OR UPDATE OR DELETE ON supplier_files FOR EACH ROW EXECUTE FUNCTION sent_stands();--> statement-breakpoint
ALTER TABLE supplier_files ENABLE ALWAYS TRIGGER supplier_files_sent;--> statement-breakpoint
CREATE TRIGGER supplier_links_shut BEFORE UPDATE ON supplier_links FOR EACH ROW EXECUTE FUNCTION link_stays_shut();--> statement-breakpoint
ALTER TABLE supplier_links ENABLE ALWAYS TRIGGER supplier_links_shut;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (seen_at) ON identities TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT ON sign_on_rules TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (revoked_at) ON campaigns TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (revoked_at, opened_at, sent_at, reminded_at) ON supplier_links TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (body, n, saved_at) ON supplier_answers TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON supplier_files TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (link_id, question, hash, by_person, at) ON supplier_takings TO onward_app;
