CREATE TABLE "log_cosignatures" (
	"size" bigint NOT NULL,
	"name" text NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	"seen_at" timestamptz(3),
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "log_cosignatures_size_name_key_id_pk" PRIMARY KEY("size","name","key_id")
);
--> statement-breakpoint
CREATE TABLE "log_postings" (
	"witness_id" text NOT NULL,
	"size" bigint NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"next_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"problem" text,
	CONSTRAINT "log_postings_witness_id_size_pk" PRIMARY KEY("witness_id","size"),
	CONSTRAINT "log_postings_state" CHECK ("log_postings"."state" in ('waiting','sent','failed')),
	CONSTRAINT "log_postings_ended" CHECK (("log_postings"."state" = 'waiting') = ("log_postings"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "log_witness_ends" (
	"witness_id" text PRIMARY KEY NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_witnesses" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"key" text,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "log_witnesses_id" CHECK ("log_witnesses"."id" ~ '^wit_[0-9a-z]{26}$')
);
--> statement-breakpoint
ALTER TABLE "log_cosignatures" ADD CONSTRAINT "log_cosignatures_size_log_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."log_checkpoints"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_postings" ADD CONSTRAINT "log_postings_witness_id_log_witnesses_id_fk" FOREIGN KEY ("witness_id") REFERENCES "public"."log_witnesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_witness_ends" ADD CONSTRAINT "log_witness_ends_witness_id_log_witnesses_id_fk" FOREIGN KEY ("witness_id") REFERENCES "public"."log_witnesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_postings_waiting" ON "log_postings" USING btree ("next_at") WHERE "log_postings"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "log_postings_last" ON "log_postings" USING btree ("witness_id","at");--> statement-breakpoint
CREATE INDEX "log_witnesses_order" ON "log_witnesses" USING btree ("log_index");--> statement-breakpoint
-- by hand
-- Who witnesses, who no longer does, and what came back is added to and never rewritten; each row bears its act's instant and place.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log_witnesses', 'log_witness_ends', 'log_cosignatures'] LOOP
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
GRANT SELECT, INSERT, UPDATE ON log_postings TO onward_app;--> statement-breakpoint
GRANT SELECT ON log_postings TO onward_read;
