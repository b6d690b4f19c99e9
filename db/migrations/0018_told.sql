CREATE TABLE "escalations" (
	"entity_id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"days" integer NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "escalations_days" CHECK ("escalations"."days" between 1 and 90)
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"key" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamptz(3) NOT NULL,
	"leased_until" timestamptz(3),
	"ended_at" timestamptz(3),
	"problem" text,
	CONSTRAINT "mails_kind" CHECK ("mails"."kind" in ('at-once','digest')),
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('waiting','sent','failed','empty','stale')),
	CONSTRAINT "mails_ended" CHECK (("mails"."state" = 'waiting') = ("mails"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "tellings" (
	"key" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"request_id" text,
	"record_id" text,
	"clause" text,
	"by_person" text,
	"what" text,
	"due_on" date,
	"seen_at" timestamptz(3),
	"mail" text NOT NULL,
	"mail_key" text,
	CONSTRAINT "tellings_kind" CHECK ("tellings"."kind" in ('decide','changes','found','given','due','escalated','decided','commented')),
	CONSTRAINT "tellings_mail" CHECK ("tellings"."mail" in ('waiting','put','none') and ("tellings"."mail" = 'put') = ("tellings"."mail_key" is not null)),
	CONSTRAINT "tellings_about" CHECK ("tellings"."request_id" is not null or "tellings"."record_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "told_ways" (
	"person_id" text PRIMARY KEY NOT NULL,
	"ways" jsonb NOT NULL,
	"zone" text,
	"digest_on" date
);
--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tellings" ADD CONSTRAINT "tellings_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "told_ways" ADD CONSTRAINT "told_ways_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_waiting" ON "mails" USING btree ("next_at","key") WHERE "mails"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "mails_at" ON "mails" USING btree ("at","key");--> statement-breakpoint
CREATE INDEX "mails_ended_at" ON "mails" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "tellings_person" ON "tellings" USING btree ("person_id","at","key") WHERE "tellings"."kind" <> 'decide';--> statement-breakpoint
CREATE INDEX "tellings_unseen" ON "tellings" USING btree ("person_id","at","key") WHERE "tellings"."seen_at" is null;--> statement-breakpoint
CREATE INDEX "tellings_waiting" ON "tellings" USING btree ("person_id","at") WHERE "tellings"."mail" = 'waiting';--> statement-breakpoint
CREATE INDEX "tellings_mail_key" ON "tellings" USING btree ("mail_key") WHERE "tellings"."mail_key" is not null;--> statement-breakpoint
CREATE INDEX "tellings_at" ON "tellings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sharing_rows_due_now" ON "sharing_rows" USING btree ("due_on","record_id") WHERE "sharing_rows"."until_at" = 'infinity' and "sharing_rows"."standing" = 'discovered';--> statement-breakpoint
CREATE INDEX "takes_due" ON "takes" USING btree ("due_on","id");--> statement-breakpoint

-- What people are told is private to them and goes after a time; the outbox holds ids alone. Whose one is does not change.
GRANT SELECT, INSERT, DELETE, UPDATE (seen_at, mail, mail_key) ON tellings TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (state, tries, next_at, leased_until, ended_at, problem) ON mails TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ways, zone, digest_on) ON told_ways TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (person_id, days, at) ON escalations TO onward_app;
