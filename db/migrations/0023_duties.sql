CREATE TABLE "announcement_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"announcement_id" text NOT NULL,
	"answer" text NOT NULL,
	"reason" text,
	"file_id" text,
	"request_id" text,
	"by_person" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "announcement_answers_id" CHECK ("announcement_answers"."id" ~ '^ans_[0-9a-z]{26}$'),
	CONSTRAINT "announcement_answers_answer" CHECK ("announcement_answers"."answer" in ('accepted','objected','asked','silence')),
	CONSTRAINT "announcement_answers_who" CHECK (("announcement_answers"."answer" = 'silence') = ("announcement_answers"."by_person" is null)),
	CONSTRAINT "announcement_answers_reason" CHECK (("announcement_answers"."answer" = 'silence') = ("announcement_answers"."reason" is null)),
	CONSTRAINT "announcement_answers_letter" CHECK ("announcement_answers"."answer" <> 'objected' or "announcement_answers"."file_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" text PRIMARY KEY NOT NULL,
	"entity_id" text NOT NULL,
	"party_id" text NOT NULL,
	"change" text NOT NULL,
	"sub_name" text,
	"sub_party_id" text,
	"old_name" text,
	"old_party_id" text,
	"task" text NOT NULL,
	"countries" text[] NOT NULL,
	"announced_on" date NOT NULL,
	"effect_on" date NOT NULL,
	"object_until" date NOT NULL,
	"term" text NOT NULL,
	"term_days" integer NOT NULL,
	"agreement_id" text,
	"file_id" text,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "announcements_id" CHECK ("announcements"."id" ~ '^ann_[0-9a-z]{26}$'),
	CONSTRAINT "announcements_change" CHECK ("announcements"."change" in ('new','replaced','gone')),
	CONSTRAINT "announcements_term" CHECK ("announcements"."term" in ('agreement','default')),
	CONSTRAINT "announcements_agreement" CHECK (("announcements"."term" = 'agreement') = ("announcements"."agreement_id" is not null)),
	CONSTRAINT "announcements_who" CHECK (("announcements"."change" = 'gone') = ("announcements"."sub_name" is null) and ("announcements"."change" = 'new') = ("announcements"."old_name" is null)),
	CONSTRAINT "announcements_days" CHECK ("announcements"."object_until" >= "announcements"."announced_on")
);
--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "unproven_from" date;--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "proof_due_on" date;--> statement-breakpoint
ALTER TABLE "announcement_answers" ADD CONSTRAINT "announcement_answers_announcement_id_announcements_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_answers" ADD CONSTRAINT "announcement_answers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_answers" ADD CONSTRAINT "announcement_answers_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_party_id_records_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_sub_party_id_records_id_fk" FOREIGN KEY ("sub_party_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_old_party_id_records_id_fk" FOREIGN KEY ("old_party_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_agreement_id_records_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "announcement_answers_last" ON "announcement_answers" USING btree ("announcement_id") WHERE "announcement_answers"."answer" <> 'asked';--> statement-breakpoint
CREATE INDEX "announcement_answers_of" ON "announcement_answers" USING btree ("announcement_id","log_index");--> statement-breakpoint
CREATE INDEX "announcements_until" ON "announcements" USING btree ("object_until","id");--> statement-breakpoint
CREATE INDEX "announcements_party" ON "announcements" USING btree ("party_id","object_until","id");--> statement-breakpoint

-- by hand
-- What a party announced, and what was answered, is added to and never rewritten; each row bears its act's instant and place.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['announcements', 'announcement_answers'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
  END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT, INSERT ON announcements, announcement_answers TO onward_app;--> statement-breakpoint
GRANT SELECT ON announcements, announcement_answers TO onward_read;
