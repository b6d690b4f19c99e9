CREATE TABLE "hold_ends" (
	"hold_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text PRIMARY KEY NOT NULL,
	"no" integer NOT NULL,
	"entity_ids" text[],
	"instant" timestamptz(3) NOT NULL,
	"reason" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "holds_no" UNIQUE("no"),
	CONSTRAINT "holds_id" CHECK ("holds"."id" ~ '^hld_[0-9a-z]{26}$'),
	CONSTRAINT "holds_some" CHECK (cardinality("holds"."entity_ids") > 0),
	CONSTRAINT "holds_past" CHECK ("holds"."instant" <= "holds"."at")
);
--> statement-breakpoint
CREATE TABLE "inquiries" (
	"id" text PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"reference" text,
	"before" text,
	"received_on" date NOT NULL,
	"due_on" date,
	"entity_ids" text[] NOT NULL,
	"instant" timestamptz(3) NOT NULL,
	"responsible" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiries_id" CHECK ("inquiries"."id" ~ '^inq_[0-9a-z]{26}$'),
	CONSTRAINT "inquiries_some" CHECK (cardinality("inquiries"."entity_ids") > 0),
	CONSTRAINT "inquiries_past" CHECK ("inquiries"."instant" <= "inquiries"."at")
);
--> statement-breakpoint
CREATE TABLE "inquiry_questions" (
	"inquiry_id" text NOT NULL,
	"place" integer NOT NULL,
	"n" integer NOT NULL,
	"number" text NOT NULL,
	"depth" smallint NOT NULL,
	"text" text NOT NULL,
	"prose" text,
	"query" text,
	"file_ids" text[] NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiry_questions_inquiry_id_place_n_pk" PRIMARY KEY("inquiry_id","place","n")
);
--> statement-breakpoint
CREATE TABLE "inquiry_releases" (
	"inquiry_id" text NOT NULL,
	"n" integer NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "inquiry_releases_inquiry_id_n_pk" PRIMARY KEY("inquiry_id","n")
);
--> statement-breakpoint
ALTER TABLE "hold_ends" ADD CONSTRAINT "hold_ends_hold_id_holds_id_fk" FOREIGN KEY ("hold_id") REFERENCES "public"."holds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hold_ends" ADD CONSTRAINT "hold_ends_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_responsible_people_id_fk" FOREIGN KEY ("responsible") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_questions" ADD CONSTRAINT "inquiry_questions_inquiry_id_inquiries_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_questions" ADD CONSTRAINT "inquiry_questions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_releases" ADD CONSTRAINT "inquiry_releases_inquiry_id_inquiries_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry_releases" ADD CONSTRAINT "inquiry_releases_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_order" ON "holds" USING btree ("log_index");--> statement-breakpoint
CREATE INDEX "inquiries_order" ON "inquiries" USING btree ("log_index");
--> statement-breakpoint
-- by hand
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['holds', 'hold_ends'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
-- A hold is ended by another person than placed it.
CREATE FUNCTION hold_ends_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT by_person FROM holds WHERE id = NEW.hold_id) = NEW.by_person THEN
    RAISE EXCEPTION 'a hold is ended by another person than placed it' USING ERRCODE = 'ON092';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION hold_ends_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER hold_ends_apart BEFORE INSERT ON hold_ends FOR EACH ROW EXECUTE FUNCTION hold_ends_apart();--> statement-breakpoint
ALTER TABLE hold_ends ENABLE ALWAYS TRIGGER hold_ends_apart;--> statement-breakpoint
-- When what bears this id was made: an id begins with its millisecond. What bears none was always there.
CREATE FUNCTION made_at(p_id text) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ms bigint := 0;
BEGIN
  IF p_id !~ '^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$' THEN RETURN '-infinity'; END IF;
  FOR i IN 5..14 LOOP
    ms := ms * 32 + strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(p_id, i, 1)) - 1;
  END LOOP;
  RETURN timestamptz 'epoch' + ms * interval '1 millisecond';
END $$;--> statement-breakpoint
-- The companies of what a value belongs to, at any time; null where it is of none or of nobody knows which.
CREATE FUNCTION companies_of(p_owner text) RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found text[];
BEGIN
  CASE left(p_owner, 3)
    WHEN 'ent' THEN found := ARRAY[p_owner];
    WHEN 'shr' THEN SELECT array_agg(DISTINCT entity_id) INTO found FROM sharing_rows WHERE record_id = p_owner;
    WHEN 'agr' THEN SELECT array_agg(DISTINCT c) INTO found FROM (
      SELECT entity_id AS c FROM agreement_rows WHERE record_id = p_owner
      UNION SELECT target_id FROM version_refs WHERE record_id = p_owner AND path LIKE 'furtherEntities.%') x;
    WHEN 'req' THEN SELECT nullif(entity_ids, '{}') INTO found FROM requests WHERE id = p_owner;
    WHEN 'slk' THEN SELECT ARRAY[entity_id] INTO found FROM supplier_links WHERE id = p_owner;
    WHEN 'qst' THEN SELECT nullif(entity_ids, '{}') INTO found FROM questions WHERE id = p_owner;
    WHEN 'pty' THEN found := NULL;
    ELSE SELECT array_agg(DISTINCT entity_id) INTO found FROM other_rows WHERE record_id = p_owner;
  END CASE;
  RETURN CASE WHEN array_position(found, NULL) IS NULL THEN found END;
END $$;--> statement-breakpoint
CREATE FUNCTION hold_reaches(p_companies text[], p_instant timestamptz, p_owner text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE theirs text[];
BEGIN
  IF made_at(p_owner) > p_instant THEN RETURN false; END IF;
  IF p_companies IS NULL THEN RETURN true; END IF;
  theirs := companies_of(p_owner);
  RETURN theirs IS NULL OR theirs && p_companies;
END $$;--> statement-breakpoint
-- The first standing hold that keeps what belongs to this; null: none.
CREATE FUNCTION hold_over(p_owner text) RETURNS integer LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT h.no FROM holds h WHERE NOT EXISTS (SELECT 1 FROM hold_ends e WHERE e.hold_id = h.id)
    AND hold_reaches(h.entity_ids, h.instant, p_owner) ORDER BY h.no LIMIT 1);
END $$;--> statement-breakpoint
-- What a hold keeps is deleted by nobody, but by the replay after a restore, which the log names as such: asked when the transaction ends.
CREATE FUNCTION disclosures_held() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF hold_over(OLD.owner_id) IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM erased e JOIN log_leaves l ON l.index = e.log_index
      WHERE e.commitment = OLD.commitment AND l.act = 'disclosure.erase' AND l.bytes::jsonb -> 'after' ->> 'replayed' = 'true'
  ) THEN
    RAISE EXCEPTION 'the hold H-% keeps this value', hold_over(OLD.owner_id) USING ERRCODE = 'ON090';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER disclosures_held AFTER DELETE ON disclosures DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION disclosures_held();--> statement-breakpoint
ALTER TABLE disclosures ENABLE ALWAYS TRIGGER disclosures_held;--> statement-breakpoint
-- Answers of suppliers and their files go when their link is cleared: not while a hold keeps them.
CREATE FUNCTION supplier_links_held() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF hold_over(NEW.id) IS NOT NULL THEN
    RAISE EXCEPTION 'the hold H-% keeps these answers', hold_over(NEW.id) USING ERRCODE = 'ON091';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER supplier_links_held BEFORE UPDATE ON supplier_links FOR EACH ROW WHEN (OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL) EXECUTE FUNCTION supplier_links_held();--> statement-breakpoint
ALTER TABLE supplier_links ENABLE ALWAYS TRIGGER supplier_links_held;--> statement-breakpoint
REVOKE ALL ON FUNCTION made_at(text), companies_of(text), hold_reaches(text[], timestamptz, text), hold_over(text), disclosures_held(), supplier_links_held() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION made_at(text), companies_of(text), hold_reaches(text[], timestamptz, text), hold_over(text) TO onward_app, onward_read;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['inquiries', 'inquiry_questions', 'inquiry_releases'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED', t, t || '_logged');
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION placed_in_log()', t || '_placed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_placed');
    EXECUTE format('GRANT SELECT, INSERT ON %I TO onward_app', t);
    EXECUTE format('GRANT SELECT ON %I TO onward_read', t);
  END LOOP;
END $$;--> statement-breakpoint
-- Answers are released by a person who wrote none of them until then.
CREATE FUNCTION inquiry_releases_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inquiry_questions q WHERE q.inquiry_id = NEW.inquiry_id AND q.by_person = NEW.by_person AND q.log_index < NEW.log_index
      AND (q.prose IS NOT NULL OR q.query IS NOT NULL OR q.file_ids <> '{}')) THEN
    RAISE EXCEPTION 'answers are released by a person who wrote none of them' USING ERRCODE = 'ON093';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION inquiry_releases_apart() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER inquiry_releases_apart BEFORE INSERT ON inquiry_releases FOR EACH ROW EXECUTE FUNCTION inquiry_releases_apart();--> statement-breakpoint
ALTER TABLE inquiry_releases ENABLE ALWAYS TRIGGER inquiry_releases_apart;--> statement-breakpoint
-- Versions follow each other.
CREATE FUNCTION inquiry_questions_follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.n <> coalesce((SELECT max(n) FROM inquiry_questions WHERE inquiry_id = NEW.inquiry_id AND place = NEW.place), 0) + 1 THEN
    RAISE EXCEPTION 'version % does not follow', NEW.n USING ERRCODE = 'ON094';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION inquiry_questions_follow() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER inquiry_questions_follow BEFORE INSERT ON inquiry_questions FOR EACH ROW EXECUTE FUNCTION inquiry_questions_follow();--> statement-breakpoint
ALTER TABLE inquiry_questions ENABLE ALWAYS TRIGGER inquiry_questions_follow;--> statement-breakpoint
-- As before, and what an answer to an authority names keeps its file.
CREATE OR REPLACE FUNCTION link_cleared() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE f record;
BEGIN
  DELETE FROM supplier_answers WHERE link_id = NEW.id;
  FOR f IN DELETE FROM supplier_files s USING files x WHERE s.link_id = NEW.id AND x.id = s.file_id RETURNING x.id, x.sha256 LOOP
    CONTINUE WHEN EXISTS (SELECT 1 FROM supplier_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM imports WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM announcements WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM announcement_answers WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM proposals WHERE body LIKE '%"' || f.id || '"%')
      OR EXISTS (SELECT 1 FROM letters WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM folder_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM redactions WHERE f.id IN (file_id, copy_file_id))
      OR EXISTS (SELECT 1 FROM papers_sent WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM question_replies WHERE f.id = ANY (file_ids))
      OR EXISTS (SELECT 1 FROM inquiry_questions WHERE f.id = ANY (file_ids))
      OR EXISTS (SELECT 1 FROM condition_turns WHERE f.id = ANY (file_ids))
      OR EXISTS (SELECT 1 FROM request_files WHERE file_id = f.id)
      OR EXISTS (SELECT 1 FROM record_files WHERE file_id = f.id);
    DELETE FROM files WHERE id = f.id;
    INSERT INTO file_drops (sha256, at) SELECT f.sha256, NEW.cleared_at
      WHERE NOT EXISTS (SELECT 1 FROM files WHERE sha256 = f.sha256) ON CONFLICT DO NOTHING;
    -- What was read of it goes with it.
    WITH gone AS (DELETE FROM file_texts t WHERE t.sha256 = f.sha256
        AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = f.sha256) RETURNING t.kept)
      INSERT INTO file_drops (sha256, at) SELECT DISTINCT g.kept, NEW.cleared_at FROM gone g
        WHERE g.kept IS NOT NULL AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = g.kept)
          AND NOT EXISTS (SELECT 1 FROM file_texts t WHERE t.kept = g.kept AND t.sha256 <> f.sha256) ON CONFLICT DO NOTHING;
  END LOOP;
  RETURN NULL;
END $$;

