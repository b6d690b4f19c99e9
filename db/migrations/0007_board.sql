CREATE TABLE "takes" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"clause" text NOT NULL,
	"owner_id" text,
	"due_on" date,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "takes_id" CHECK ("takes"."id" ~ '^tak_[0-9a-z]{26}$'),
	CONSTRAINT "takes_whole" CHECK (("takes"."owner_id" is null) = ("takes"."due_on" is null))
);
--> statement-breakpoint
DROP INDEX "judgements_restricted_now";--> statement-breakpoint
ALTER TABLE "takes" ADD CONSTRAINT "takes_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takes" ADD CONSTRAINT "takes_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takes" ADD CONSTRAINT "takes_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "takes_last" ON "takes" USING btree ("record_id","clause","log_index");--> statement-breakpoint
CREATE INDEX "takes_clause" ON "takes" USING btree ("clause","record_id","log_index");--> statement-breakpoint
CREATE INDEX "takes_owner" ON "takes" USING btree ("owner_id","due_on");--> statement-breakpoint
CREATE INDEX "findings_since_now" ON "findings" USING btree ("clause","first_on") WHERE "findings"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "judgements_restricted" ON "judgements" USING btree ("record_id") WHERE "judgements"."restricted_to" is not null;--> statement-breakpoint
-- Who took what, and the turns of the board's sums, are added to and never rewritten.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['takes', 'promise_turns'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE takes ADD CONSTRAINT takes_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
GRANT SELECT, INSERT ON takes TO onward_app;--> statement-breakpoint
GRANT SELECT ON takes TO onward_read;
