CREATE TABLE "letters" (
	"id" text PRIMARY KEY NOT NULL,
	"agreement_id" text NOT NULL,
	"kind" text NOT NULL,
	"way" text NOT NULL,
	"text" text NOT NULL,
	"sent_on" date NOT NULL,
	"received_on" date,
	"effect_on" date,
	"rule" text NOT NULL,
	"file_id" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "letters_id" CHECK ("letters"."id" ~ '^ltr_[0-9a-z]{26}$'),
	CONSTRAINT "letters_kind" CHECK ("letters"."kind" in ('termination','objection','instruction')),
	CONSTRAINT "letters_way" CHECK ("letters"."way" in ('registered','post','email','portal','hand')),
	CONSTRAINT "letters_rule" CHECK ("letters"."rule" in ('term','open-notice','counted','not-received','no-terms')),
	CONSTRAINT "letters_effect" CHECK (("letters"."effect_on" is null) = ("letters"."rule" in ('not-received','no-terms'))),
	CONSTRAINT "letters_received" CHECK ("letters"."received_on" is null or "letters"."received_on" >= "letters"."sent_on")
);
--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_agreement_id_records_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letters_agreement" ON "letters" USING btree ("agreement_id","log_index");--> statement-breakpoint
CREATE INDEX "letters_file" ON "letters" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "review_dues_papers_now" ON "review_dues" USING btree ("due_on","record_id","path") WHERE "review_dues"."until_at" = 'infinity' and "review_dues"."record_kind" = 'agreement';--> statement-breakpoint

-- by hand
-- What went out is added to and never rewritten; each row bears its act's instant and place.
CREATE TRIGGER letters_stands BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER letters_not_emptied BEFORE TRUNCATE ON letters FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
ALTER TABLE letters ENABLE ALWAYS TRIGGER letters_stands;--> statement-breakpoint
ALTER TABLE letters ENABLE ALWAYS TRIGGER letters_not_emptied;--> statement-breakpoint
CREATE TRIGGER letters_placed AFTER INSERT ON letters REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log();--> statement-breakpoint
ALTER TABLE letters ENABLE ALWAYS TRIGGER letters_placed;--> statement-breakpoint
ALTER TABLE letters ADD CONSTRAINT letters_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
GRANT SELECT, INSERT ON letters TO onward_app;--> statement-breakpoint
GRANT SELECT ON letters TO onward_read;--> statement-breakpoint
-- Lists say no last day of what renews itself, and of what is terminated the day before: of rows written before, too.
UPDATE agreement_rows r SET ends_on = b.ends_on FROM (
  SELECT v.record_id, v.n, case when t.terminated is not null and (t.stated is null or t.rolls or t.stated >= t.terminated) then t.terminated - 1
      when t.rolls then null else t.stated end AS ends_on
    FROM versions v CROSS JOIN LATERAL (SELECT v.body::jsonb AS j) j CROSS JOIN LATERAL (SELECT
      case when j #>> '{terminatedOn,state}' = 'known' then (j #>> '{terminatedOn,value}')::date end AS terminated,
      case when j #>> '{endsOn,state}' = 'known' then (j #>> '{endsOn,value}')::date end AS stated,
      j #>> '{renewal,state}' = 'known' and j #>> '{renewal,value,way}' = 'tacit' and (j #>> '{renewal,value,months}')::int > 0 AS rolls) t
    WHERE v.kind = 'agreement') b
  WHERE b.record_id = r.record_id AND b.n = r.n AND r.ends_on IS DISTINCT FROM b.ends_on;

