CREATE TABLE "derived_by" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"word" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "to_judge" (
	"record_id" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "judgements" (
	"record_id" text NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"record_kind" text NOT NULL,
	"entity_id" text,
	"party_id" text,
	"restricted_to" text[],
	"coverage" text,
	"turns" jsonb NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "judgements_record_id_from_at_pk" PRIMARY KEY("record_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "promise_counts" (
	"entity_id" text NOT NULL,
	"clause" text NOT NULL,
	"verdict" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "promise_counts_entity_id_clause_verdict_pk" PRIMARY KEY("entity_id","clause","verdict")
);
--> statement-breakpoint
CREATE TABLE "promise_days" (
	"entity_id" text PRIMARY KEY NOT NULL,
	"on_day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "promise_turns" (
	"entity_id" text NOT NULL,
	"clause" text NOT NULL,
	"verdict" text NOT NULL,
	"on_day" date NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "promise_turns_entity_id_clause_verdict_on_day_at_pk" PRIMARY KEY("entity_id","clause","verdict","on_day","at"),
	CONSTRAINT "promise_turns_verdict" CHECK ("promise_turns"."verdict" in ('e','n','u'))
);
--> statement-breakpoint
-- Findings are derived: what stood here is worked out anew by the worker, and from now on keeps its span.
DELETE FROM "findings";--> statement-breakpoint
DROP INDEX "findings_clause";--> statement-breakpoint
ALTER TABLE "findings" DROP CONSTRAINT "findings_record_id_seq_pk";--> statement-breakpoint
ALTER TABLE "findings" DROP COLUMN "seq";--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "from_at" timestamptz(3) NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "until_at" timestamptz(3) NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_said" PRIMARY KEY("record_id","key","from_at");--> statement-breakpoint
CREATE INDEX "judgements_party_now" ON "judgements" USING btree ("party_id","record_id") WHERE "judgements"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "judgements_restricted_now" ON "judgements" USING btree ("record_id") WHERE "judgements"."until_at" = 'infinity' and "judgements"."restricted_to" is not null;--> statement-breakpoint
CREATE INDEX "promise_turns_day" ON "promise_turns" USING btree ("entity_id","on_day");--> statement-breakpoint
CREATE INDEX "findings_clause_now" ON "findings" USING btree ("severity","clause","record_id","key") WHERE "findings"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "findings_clause_at" ON "findings" USING btree ("clause","record_id","from_at","until_at");--> statement-breakpoint

-- The sums of the board are only ever added to; a judgement is closed, never rewritten.
REVOKE DELETE ON findings FROM onward_app;--> statement-breakpoint
GRANT SELECT, INSERT ON promise_turns TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON judgements, promise_days, promise_counts, derived_by TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ON to_judge TO onward_app;--> statement-breakpoint
GRANT SELECT ON judgements, promise_turns, promise_days, promise_counts TO onward_read;--> statement-breakpoint
-- Every company has its sums from the day on which it is there; what belongs to none stands under ''.
INSERT INTO promise_days (entity_id, on_day) SELECT id, '-infinity'::date FROM records WHERE kind = 'entity' UNION ALL SELECT '', '-infinity'::date;
