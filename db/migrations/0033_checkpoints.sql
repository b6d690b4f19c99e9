CREATE TABLE "log_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "log_checkpoints_size" CHECK ("log_checkpoints"."size" > 0),
	CONSTRAINT "log_checkpoints_root" CHECK (octet_length("log_checkpoints"."root") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"key" "bytea" NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "log_keys_id" CHECK ("log_keys"."id" ~ '^[0-9a-f]{8}$'),
	CONSTRAINT "log_keys_key" CHECK (octet_length("log_keys"."key") = 32)
);
--> statement-breakpoint
CREATE INDEX "log_keys_order" ON "log_keys" USING btree ("log_index");--> statement-breakpoint
-- by hand
-- Keys and checkpoints are added to and never rewritten; a key bears its event's instant and place. A checkpoint says of the log
-- what it was when it was signed: of its size or of an earlier one, and never beyond it.
CREATE FUNCTION checkpoint_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.size > (SELECT size FROM log_head WHERE one) THEN
    RAISE EXCEPTION 'a checkpoint beyond the end of the log' USING ERRCODE = 'ON060';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER log_checkpoints_fits BEFORE INSERT ON log_checkpoints FOR EACH ROW EXECUTE FUNCTION checkpoint_fits();--> statement-breakpoint
ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_fits;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log_keys', 'log_checkpoints'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER log_keys_placed AFTER INSERT ON log_keys REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log();--> statement-breakpoint
ALTER TABLE log_keys ENABLE ALWAYS TRIGGER log_keys_placed;--> statement-breakpoint
ALTER TABLE log_keys ADD CONSTRAINT log_keys_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;
