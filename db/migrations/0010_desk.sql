CREATE TABLE "open_answers" (
	"record_id" text NOT NULL,
	"path" text NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"key" text NOT NULL,
	"record_kind" text NOT NULL,
	"title" text NOT NULL,
	"entity_id" text,
	"party_id" text,
	"restricted_to" text[],
	"asked" text,
	"asked_sealed" text,
	"due_on" date NOT NULL,
	CONSTRAINT "open_answers_record_id_path_from_at_pk" PRIMARY KEY("record_id","path","from_at")
);
--> statement-breakpoint
CREATE TABLE "party_keys" (
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "party_keys_record_id_kind_key_pk" PRIMARY KEY("record_id","kind","key")
);
--> statement-breakpoint
CREATE TABLE "reconciliation_lines" (
	"reconciliation_id" text NOT NULL,
	"line" integer NOT NULL,
	"name" text NOT NULL,
	"country" text,
	"numbers" text[] NOT NULL,
	"hosts" text[] NOT NULL,
	"landed" text NOT NULL,
	"party_id" text,
	"how" text,
	"found_by" text,
	"not_party" text,
	"request_id" text,
	CONSTRAINT "reconciliation_lines_reconciliation_id_line_pk" PRIMARY KEY("reconciliation_id","line"),
	CONSTRAINT "reconciliation_lines_landed" CHECK ("reconciliation_lines"."landed" in ('matched','negative','undecided','unmatched')),
	CONSTRAINT "reconciliation_lines_party" CHECK (("reconciliation_lines"."landed" = 'unmatched') = ("reconciliation_lines"."party_id" is null))
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"sha256" text,
	"state" text NOT NULL,
	"counts" jsonb NOT NULL,
	"problem" text,
	"looked_at" timestamptz(3),
	CONSTRAINT "reconciliations_id" CHECK ("reconciliations"."id" ~ '^rcn_[0-9a-z]{26}$'),
	CONSTRAINT "reconciliations_state" CHECK ("reconciliations"."state" in ('waiting','reading','done','failed'))
);
--> statement-breakpoint
CREATE TABLE "review_dues" (
	"record_id" text NOT NULL,
	"path" text NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"key" text NOT NULL,
	"record_kind" text NOT NULL,
	"title" text NOT NULL,
	"entity_id" text,
	"party_id" text,
	"restricted_to" text[],
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"rule" text NOT NULL,
	"since_on" date,
	"length" integer,
	"due_on" date NOT NULL,
	"about" text,
	"owner" text,
	"owner_sealed" text,
	CONSTRAINT "review_dues_record_id_kind_path_from_at_pk" PRIMARY KEY("record_id","kind","path","from_at")
);
--> statement-breakpoint
ALTER TABLE "reconciliation_lines" ADD CONSTRAINT "reconciliation_lines_reconciliation_id_reconciliations_id_fk" FOREIGN KEY ("reconciliation_id") REFERENCES "public"."reconciliations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "open_answers_due_now" ON "open_answers" USING btree ("due_on","record_id","path") WHERE "open_answers"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "open_answers_entity_now" ON "open_answers" USING btree ("entity_id","due_on","record_id","path") WHERE "open_answers"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "open_answers_said" ON "open_answers" USING btree ("from_at","until_at");--> statement-breakpoint
CREATE INDEX "party_keys_key" ON "party_keys" USING btree ("kind","key","record_id");--> statement-breakpoint
CREATE INDEX "party_keys_like" ON "party_keys" USING gin ("key" gin_trgm_ops) WHERE "party_keys"."kind" = 'core';--> statement-breakpoint
CREATE INDEX "reconciliation_lines_landed_at" ON "reconciliation_lines" USING btree ("reconciliation_id","landed","line");--> statement-breakpoint
CREATE INDEX "reconciliations_by" ON "reconciliations" USING btree ("by_person","at","id");--> statement-breakpoint
CREATE INDEX "reconciliations_at" ON "reconciliations" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "reconciliations_waiting" ON "reconciliations" USING btree ("at","id") WHERE "reconciliations"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "review_dues_due_now" ON "review_dues" USING btree ("due_on","record_id","path") WHERE "review_dues"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "review_dues_entity_now" ON "review_dues" USING btree ("entity_id","due_on","record_id","path") WHERE "review_dues"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "review_dues_subject_now" ON "review_dues" USING btree ("kind","subject","due_on") WHERE "review_dues"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "party_rows_decision_now" ON "party_rows" USING btree ("data_decision","fold","record_id") WHERE "party_rows"."until_at" = 'infinity';--> statement-breakpoint

-- Grants. What follows from versions keeps its span; lists of suppliers are private and may go.
GRANT SELECT, INSERT, UPDATE ON open_answers, review_dues TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON party_keys, reconciliations, reconciliation_lines TO onward_app;--> statement-breakpoint
GRANT SELECT ON open_answers, review_dues TO onward_read;--> statement-breakpoint

-- What stood in force before these tables did: the worker looks at each record once more and fills them.
INSERT INTO to_judge (record_id) SELECT id FROM records WHERE kind <> 'entity' ON CONFLICT DO NOTHING;
