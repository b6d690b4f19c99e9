CREATE TABLE "condition_owners" (
	"condition_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"person_id" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "condition_owners_condition_id_log_index_pk" PRIMARY KEY("condition_id","log_index")
);
--> statement-breakpoint
ALTER TABLE "condition_turns" ADD COLUMN "file_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "condition_turns" ADD COLUMN "for_person" text;--> statement-breakpoint
ALTER TABLE "condition_turns" ADD COLUMN "delegation_id" text;--> statement-breakpoint
ALTER TABLE "condition_owners" ADD CONSTRAINT "condition_owners_condition_id_conditions_id_fk" FOREIGN KEY ("condition_id") REFERENCES "public"."conditions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_owners" ADD CONSTRAINT "condition_owners_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "condition_owners" ADD CONSTRAINT "condition_owners_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "condition_owners_owner" ON "condition_owners" USING btree ("owner_id");--> statement-breakpoint
ALTER TABLE "condition_turns" ADD CONSTRAINT "condition_turns_for_person_people_id_fk" FOREIGN KEY ("for_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "condition_turns_file" ON "condition_turns" USING gin ("file_ids");--> statement-breakpoint
ALTER TABLE "condition_turns" ADD CONSTRAINT "condition_turns_behalf" CHECK (("condition_turns"."for_person" is null) = ("condition_turns"."delegation_id" is null) and "condition_turns"."for_person" is distinct from "condition_turns"."person_id" and ("condition_turns"."for_person" is null or "condition_turns"."turn" <> 'met'));--> statement-breakpoint
ALTER TABLE "condition_turns" ADD CONSTRAINT "condition_turns_files" CHECK (cardinality("condition_turns"."file_ids") <= 10 and ("condition_turns"."turn" = 'met' or cardinality("condition_turns"."file_ids") = 0));--> statement-breakpoint

-- by hand
-- Who answers for a condition stands like the condition itself, and bears its act's own instant and place.
CREATE TRIGGER condition_owners_stands BEFORE UPDATE OR DELETE ON condition_owners FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER condition_owners_not_emptied BEFORE TRUNCATE ON condition_owners FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER condition_owners_placed AFTER INSERT ON condition_owners REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log();--> statement-breakpoint
ALTER TABLE condition_owners ENABLE ALWAYS TRIGGER condition_owners_stands;--> statement-breakpoint
ALTER TABLE condition_owners ENABLE ALWAYS TRIGGER condition_owners_not_emptied;--> statement-breakpoint
ALTER TABLE condition_owners ENABLE ALWAYS TRIGGER condition_owners_placed;--> statement-breakpoint
ALTER TABLE condition_owners ADD CONSTRAINT condition_owners_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
GRANT SELECT, INSERT ON condition_owners TO onward_app;--> statement-breakpoint
GRANT SELECT ON condition_owners TO onward_read;--> statement-breakpoint

-- Whoever answers for a condition at a place in the log: whom its decision named, or to whom it was given last.
CREATE FUNCTION condition_owner(condition text, before bigint) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT o.owner_id FROM condition_owners o WHERE o.condition_id = condition AND o.log_index < before ORDER BY o.log_index DESC LIMIT 1),
    (SELECT c.owner_id FROM conditions c WHERE c.id = condition))
$$;--> statement-breakpoint

-- A condition is given to somebody else while nobody says that it is met.
CREATE FUNCTION condition_owner_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_turn text; request text;
BEGIN
  SELECT c.request_id INTO STRICT request FROM conditions c WHERE c.id = NEW.condition_id;
  PERFORM 1 FROM requests WHERE id = request FOR NO KEY UPDATE;
  SELECT turn INTO last_turn FROM condition_turns WHERE condition_id = NEW.condition_id AND log_index < NEW.log_index ORDER BY log_index DESC LIMIT 1;
  IF last_turn IN ('met', 'confirmed') OR condition_owner(NEW.condition_id, NEW.log_index) = NEW.owner_id THEN
    RAISE EXCEPTION 'the condition cannot be given to that person' USING ERRCODE = 'ON020';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER condition_owners_follow BEFORE INSERT ON condition_owners FOR EACH ROW EXECUTE FUNCTION condition_owner_follows();--> statement-breakpoint
ALTER TABLE condition_owners ENABLE ALWAYS TRIGGER condition_owners_follow;--> statement-breakpoint

-- Four eyes on conditions, through a delegation too: neither whoever confirms nor the one for whom they do it answers
-- for it, said that it is met, or wrote the request; and the delegation is in effect. Evidence is a file of whoever lays it there.
CREATE OR REPLACE FUNCTION condition_turn_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last_turn text; last_person text; owner text; request text; place decisions%ROWTYPE; eyes text[];
BEGIN
  SELECT c.request_id INTO STRICT request FROM conditions c WHERE c.id = NEW.condition_id;
  SELECT d.* INTO STRICT place FROM decisions d JOIN conditions c ON c.decision_id = d.id WHERE c.id = NEW.condition_id;
  PERFORM 1 FROM requests WHERE id = request FOR NO KEY UPDATE;
  owner := condition_owner(NEW.condition_id, NEW.log_index);
  eyes := array_remove(ARRAY[NEW.person_id, NEW.for_person], NULL);
  SELECT turn, person_id INTO last_turn, last_person FROM condition_turns WHERE condition_id = NEW.condition_id ORDER BY log_index DESC LIMIT 1;
  IF (NEW.turn = 'met' AND (NEW.person_id <> owner OR last_turn IN ('met', 'confirmed')))
    OR (NEW.turn <> 'met' AND (last_turn IS DISTINCT FROM 'met' OR last_person = ANY (eyes) OR owner = ANY (eyes)
      OR EXISTS (SELECT 1 FROM request_authors a WHERE a.request_id = request AND a.person_id = ANY (eyes)))) THEN
    RAISE EXCEPTION 'the condition cannot become %', NEW.turn USING ERRCODE = 'ON020';
  END IF;
  IF NEW.for_person IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM (SELECT g.* FROM delegations g WHERE g.delegation_id = NEW.delegation_id AND g.at <= NEW.at ORDER BY g.n DESC LIMIT 1) g
    WHERE g.state = 'given' AND g.person_id = NEW.for_person AND g.delegate_id = NEW.person_id
      AND g.role = CASE place.stage WHEN 'second-legal' THEN 'legal' ELSE place.stage END
      AND (g.entity_id IS NULL OR g.entity_id = place.entity_id) AND g.from_at <= NEW.at AND g.until_at > NEW.at
  ) THEN
    RAISE EXCEPTION 'no delegation in effect lets them answer for the other' USING ERRCODE = 'ON021';
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(NEW.file_ids) AS f(id) WHERE NOT EXISTS (SELECT 1 FROM files x WHERE x.id = f.id AND x.by_person = NEW.person_id)) THEN
    RAISE EXCEPTION 'evidence is a file of whoever lays it there' USING ERRCODE = 'ON020';
  END IF;
  RETURN NEW;
END $$;

