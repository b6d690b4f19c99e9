-- by hand
-- A stage that names persons is taken by nobody else, whoever asks; on behalf of another it is the absent one who is named.
CREATE OR REPLACE FUNCTION decision_by_named() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM revision_stages s WHERE s.request_id = NEW.request_id AND s.n = NEW.revision AND s.stage = NEW.stage
      AND s.entity_id = NEW.entity_id AND s.persons IS NOT NULL AND NOT coalesce(NEW.for_person, NEW.person_id) = ANY (s.persons)
  ) THEN
    RAISE EXCEPTION '% is not among the persons of this stage', coalesce(NEW.for_person, NEW.person_id) USING ERRCODE = 'ON017';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint

-- A party that went into another in a merge has no further version but the one that takes the merge back. Whoever fills a
-- backup back owns the table: what stood before this was refused comes back as it was.
CREATE FUNCTION merged_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE went text;
BEGIN
  IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) = current_user THEN RETURN NEW; END IF;
  SELECT v.body::jsonb ->> 'mergedInto' INTO went FROM versions v
    WHERE v.record_id = NEW.record_id AND v.n = NEW.n - 1 AND v.standing = 'ended';
  IF went IS NOT NULL AND NEW.body::jsonb ->> 'mergedInto' IS NOT NULL THEN
    RAISE EXCEPTION '% went into % in a merge', NEW.record_id, went USING ERRCODE = 'ON024';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION merged_stays() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER versions_merged BEFORE INSERT ON versions FOR EACH ROW WHEN (NEW.kind = 'party' AND NEW.n > 1) EXECUTE FUNCTION merged_stays();--> statement-breakpoint
ALTER TABLE versions ENABLE ALWAYS TRIGGER versions_merged;--> statement-breakpoint

-- What a party announces to a company on a day stands once: the same change twice is one. Acts are written one after
-- another under the log's lock, so none comes in between.
CREATE FUNCTION announced_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) = current_user THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM announcements a WHERE a.party_id = NEW.party_id AND a.entity_id = NEW.entity_id AND a.change = NEW.change
      AND a.announced_on = NEW.announced_on
      AND lower(regexp_replace(btrim(coalesce(a.sub_name, '')), '\s+', ' ', 'g')) = lower(regexp_replace(btrim(coalesce(NEW.sub_name, '')), '\s+', ' ', 'g'))
      AND lower(regexp_replace(btrim(coalesce(a.old_name, '')), '\s+', ' ', 'g')) = lower(regexp_replace(btrim(coalesce(NEW.old_name, '')), '\s+', ' ', 'g'))
  ) THEN
    RAISE EXCEPTION 'the party announced this already' USING ERRCODE = 'ON025';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION announced_once() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER announcements_once BEFORE INSERT ON announcements FOR EACH ROW EXECUTE FUNCTION announced_once();--> statement-breakpoint
ALTER TABLE announcements ENABLE ALWAYS TRIGGER announcements_once;

