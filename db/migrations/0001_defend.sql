-- The database defends itself: roles, grants, the log's two doors, and triggers that refuse to rewrite.
-- Roles belong to the whole server; another register of it may have made them before.
DO $$ BEGIN
  CREATE ROLE onward_app LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN
  CREATE ROLE onward_read NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint

-- A tree node over two children, and a leaf (RFC 6962, 2.1).
CREATE FUNCTION log_leaf_hash(p_bytes text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog AS $$ SELECT sha256('\x00'::bytea || convert_to(p_bytes, 'UTF8')) $$;--> statement-breakpoint
CREATE FUNCTION log_node_hash(p_left bytea, p_right bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog AS $$ SELECT sha256('\x01'::bytea || p_left || p_right) $$;--> statement-breakpoint

-- Opens the log for this transaction: locks the head to commit, gives the next index and the act's one instant.
-- Only a sample register takes the caller's clock, so that its history can lie in the past.
CREATE FUNCTION log_open(p_clock timestamptz DEFAULT NULL, OUT size bigint, OUT at timestamptz, OUT origin text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE head log_head%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM log_head WHERE one FOR UPDATE;
  IF head.open_xid = (pg_current_xact_id()::text)::bigint THEN
    RAISE EXCEPTION 'the log is already open in this transaction' USING ERRCODE = 'ON001';
  END IF;
  at := date_trunc('milliseconds', CASE WHEN head.register = 'sample' AND p_clock IS NOT NULL THEN p_clock ELSE clock_timestamp() END);
  IF at <= head.at THEN at := head.at + interval '1 millisecond'; END IF;
  UPDATE log_head SET open_xid = (pg_current_xact_id()::text)::bigint, open_at = log_open.at WHERE one;
  size := head.size;
  origin := head.origin;
END $$;--> statement-breakpoint

-- Appends the leaves of the act. The caller's hashes must equal ours; index and instant must be those given.
CREATE FUNCTION log_append(p_bytes text[], p_hashes bytea[]) RETURNS bytea
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  head log_head%ROWTYPE;
  front bytea[];
  node bytea;
  leaf jsonb;
  leaf_hash bytea;
  idx bigint;
  lvl int;
  span bigint;
  stamp text;
  new_root bytea;
  levels smallint[] := '{}';
  positions bigint[] := '{}';
  node_hashes bytea[] := '{}';
  acts text[] := '{}';
  actors text[] := '{}';
  requests_ text[] := '{}';
  object_ids text[] := '{}';
  object_at bigint[] := '{}';
  found_ids text[];
BEGIN
  SELECT * INTO STRICT head FROM log_head WHERE one FOR UPDATE;
  IF head.open_xid IS DISTINCT FROM (pg_current_xact_id()::text)::bigint THEN
    RAISE EXCEPTION 'the log was not opened by this transaction' USING ERRCODE = 'ON002';
  END IF;
  IF coalesce(array_length(p_bytes, 1), 0) = 0 OR array_length(p_bytes, 1) IS DISTINCT FROM array_length(p_hashes, 1) THEN
    RAISE EXCEPTION 'an act has at least one leaf and a hash for each' USING ERRCODE = 'ON003';
  END IF;
  stamp := to_char(head.open_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  front := head.frontier;
  idx := head.size;
  FOR i IN 1 .. array_length(p_bytes, 1) LOOP
    IF octet_length(p_bytes[i]) > 65536 THEN
      RAISE EXCEPTION 'a leaf holds at most 64 KiB' USING ERRCODE = 'ON004';
    END IF;
    leaf := p_bytes[i]::jsonb;
    IF (leaf->>'index')::bigint IS DISTINCT FROM idx OR leaf->>'at' IS DISTINCT FROM stamp OR leaf->>'origin' IS DISTINCT FROM head.origin THEN
      RAISE EXCEPTION 'leaf % does not carry its place in the log', idx USING ERRCODE = 'ON005';
    END IF;
    leaf_hash := log_leaf_hash(p_bytes[i]);
    IF leaf_hash IS DISTINCT FROM p_hashes[i] THEN
      RAISE EXCEPTION 'leaf % hashes differently here and there', idx USING ERRCODE = 'ON006';
    END IF;
    acts := acts || (leaf->>'act');
    actors := actors || (leaf->'actor'->>'id');
    requests_ := array_append(requests_, leaf->>'request');
    SELECT array_agg(DISTINCT o->>'id') INTO found_ids FROM jsonb_array_elements(coalesce(leaf->'objects', '[]'::jsonb)) o;
    IF found_ids IS NOT NULL THEN
      object_ids := object_ids || found_ids;
      object_at := object_at || array_fill(idx, ARRAY[array_length(found_ids, 1)]);
    END IF;
    -- Fold the right edge: while the place's bit is set, the left neighbour is complete.
    node := leaf_hash;
    lvl := 0;
    span := idx;
    WHILE span % 2 = 1 LOOP
      node := log_node_hash(front[lvl + 1], node);
      lvl := lvl + 1;
      span := span / 2;
      levels := levels || lvl::smallint;
      positions := positions || span;
      node_hashes := node_hashes || node;
    END LOOP;
    front[lvl + 1] := node;
    idx := idx + 1;
  END LOOP;
  INSERT INTO log_leaves (index, at, bytes, hash, act, actor_id, request_id)
    SELECT head.size + t.k - 1, head.open_at, t.b, t.h, t.a, t.p, t.r
    FROM unnest(p_bytes, p_hashes, acts, actors, requests_) WITH ORDINALITY AS t(b, h, a, p, r, k);
  INSERT INTO log_objects (object_id, index)
    SELECT * FROM unnest(object_ids, object_at) AS t(o, i) ON CONFLICT DO NOTHING;
  INSERT INTO log_nodes (level, n, hash) SELECT * FROM unnest(levels, positions, node_hashes);
  -- The root over the right edge, from the smallest complete subtree up.
  new_root := NULL;
  span := idx;
  lvl := 0;
  WHILE span > 0 LOOP
    IF span % 2 = 1 THEN
      new_root := CASE WHEN new_root IS NULL THEN front[lvl + 1] ELSE log_node_hash(front[lvl + 1], new_root) END;
    END IF;
    span := span / 2;
    lvl := lvl + 1;
  END LOOP;
  UPDATE log_head SET size = idx, at = head.open_at, root = new_root, frontier = front, open_xid = NULL, open_at = NULL WHERE one;
  RETURN new_root;
EXCEPTION WHEN invalid_text_representation THEN
  RAISE EXCEPTION 'a leaf is not JSON' USING ERRCODE = 'ON007';
END $$;--> statement-breakpoint

-- A commit with an open but unwritten log would leave an act without its event.
CREATE FUNCTION log_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM log_head WHERE open_xid = (pg_current_xact_id()::text)::bigint) THEN
    RAISE EXCEPTION 'the log was opened and nothing was written to it' USING ERRCODE = 'ON008';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER log_head_closed AFTER UPDATE ON log_head DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.open_xid IS NOT NULL) EXECUTE FUNCTION log_closed();--> statement-breakpoint

-- What stands is never rewritten.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: what stands is superseded, never rewritten', TG_OP, TG_TABLE_NAME USING ERRCODE = 'ON010';
END $$;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log_leaves','log_objects','log_nodes','records','versions','version_refs','provenance','role_grants',
    'revisions','revision_proposals','revision_stages','seats','decisions','comments','request_authors'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()', t || '_stands', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()', t || '_not_emptied', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_stands');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t, t || '_not_emptied');
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER log_head_kept BEFORE DELETE ON log_head FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER log_head_not_emptied BEFORE TRUNCATE ON log_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_kept;--> statement-breakpoint
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_not_emptied;--> statement-breakpoint

-- The log's size only grows, whoever updates the head.
CREATE FUNCTION log_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.at < OLD.at OR NEW.origin <> OLD.origin OR NEW.register <> OLD.register THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'ON011';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION log_grows();--> statement-breakpoint
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_grows;--> statement-breakpoint

-- Versions of a record follow each other: no gap in numbers, no step back in time, so no two in force at once.
CREATE FUNCTION version_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE last_n int; last_at timestamptz;
BEGIN
  PERFORM 1 FROM records WHERE id = NEW.record_id FOR KEY SHARE;
  SELECT n, at INTO last_n, last_at FROM versions WHERE record_id = NEW.record_id ORDER BY n DESC LIMIT 1;
  IF NEW.n <> coalesce(last_n, 0) + 1 OR NEW.at <= coalesce(last_at, '-infinity'::timestamptz) THEN
    RAISE EXCEPTION 'version % of % does not follow the last', NEW.n, NEW.record_id USING ERRCODE = 'ON012';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER versions_follow BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION version_follows();--> statement-breakpoint
ALTER TABLE versions ENABLE ALWAYS TRIGGER versions_follow;--> statement-breakpoint

-- Invariant 2: an author gets no seat, and who sits edits no more. Both sides lock the request first.
CREATE FUNCTION seat_not_author() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM 1 FROM requests WHERE id = NEW.request_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM request_authors a WHERE a.request_id = NEW.request_id AND a.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'an author of the request decides nothing in it' USING ERRCODE = 'ON013';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER seats_not_author BEFORE INSERT ON seats FOR EACH ROW EXECUTE FUNCTION seat_not_author();--> statement-breakpoint
ALTER TABLE seats ENABLE ALWAYS TRIGGER seats_not_author;--> statement-breakpoint
CREATE FUNCTION author_not_seated() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM 1 FROM requests WHERE id = NEW.request_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM seats s WHERE s.request_id = NEW.request_id AND s.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'who has decided in the request edits nothing in it' USING ERRCODE = 'ON014';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER request_authors_not_seated BEFORE INSERT ON request_authors FOR EACH ROW EXECUTE FUNCTION author_not_seated();--> statement-breakpoint
ALTER TABLE request_authors ENABLE ALWAYS TRIGGER request_authors_not_seated;--> statement-breakpoint

-- Nobody is administrator and holds a deciding role at once. Grants of one person are taken one after another.
CREATE FUNCTION grant_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE last_n int;
BEGIN
  PERFORM 1 FROM people WHERE id = NEW.person_id FOR NO KEY UPDATE;
  SELECT max(n) INTO last_n FROM role_grants WHERE grant_id = NEW.grant_id;
  IF NEW.n <> coalesce(last_n, 0) + 1 THEN
    RAISE EXCEPTION 'version % of grant % does not follow the last', NEW.n, NEW.grant_id USING ERRCODE = 'ON012';
  END IF;
  IF NEW.state <> 'revoked' AND EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT ON (g.grant_id) g.role, g.state FROM role_grants g
      WHERE g.person_id = NEW.person_id AND g.grant_id <> NEW.grant_id ORDER BY g.grant_id, g.n DESC
    ) held WHERE held.state <> 'revoked' AND (
      (NEW.role = 'administrator' AND held.role IN ('procurement', 'legal', 'dpo')) OR
      (held.role = 'administrator' AND NEW.role IN ('procurement', 'legal', 'dpo')))
  ) THEN
    RAISE EXCEPTION 'nobody is administrator and decides' USING ERRCODE = 'ON015';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER role_grants_apart BEFORE INSERT ON role_grants FOR EACH ROW EXECUTE FUNCTION grant_apart();--> statement-breakpoint
ALTER TABLE role_grants ENABLE ALWAYS TRIGGER role_grants_apart;--> statement-breakpoint

-- Whatever bears a log index is in the log when the act commits.
ALTER TABLE versions ADD CONSTRAINT versions_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE role_grants ADD CONSTRAINT role_grants_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE revisions ADD CONSTRAINT revisions_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE decisions ADD CONSTRAINT decisions_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE comments ADD CONSTRAINT comments_logged FOREIGN KEY (log_index) REFERENCES log_leaves (index) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE versions ADD CONSTRAINT versions_of_request FOREIGN KEY (request_id) REFERENCES requests (id) DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE version_refs ALTER CONSTRAINT version_refs_target_id_records_id_fk DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint

-- Grants. The log has two doors and no INSERT; versions and decisions take SELECT and INSERT.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;--> statement-breakpoint
REVOKE ALL ON FUNCTION log_open(timestamptz), log_append(text[], bytea[]), log_leaf_hash(text), log_node_hash(bytea, bytea) FROM PUBLIC;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO onward_app, onward_read;--> statement-breakpoint
GRANT SELECT ON log_head, log_leaves, log_objects, log_nodes TO onward_app, onward_read;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION log_open(timestamptz), log_append(text[], bytea[]), log_leaf_hash(text), log_node_hash(bytea, bytea) TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT ON records, versions, version_refs, provenance, role_grants, revisions, revision_proposals, revision_stages,
  seats, decisions, comments, request_authors, files, file_bytes, refusals TO onward_app;--> statement-breakpoint
-- To lock a row takes the right to update a column of it; the trigger refuses the update itself.
GRANT UPDATE (id) ON records TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON disclosures TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON people, sessions, tokens, links, throttles, requests, tallies TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON proposals, imports, import_rows, kept, party_rows, sharing_rows, agreement_rows, other_rows, findings TO onward_app;--> statement-breakpoint
GRANT DELETE ON throttles, sessions TO onward_app;--> statement-breakpoint
GRANT SELECT ON records, versions, version_refs, provenance, role_grants, revisions, revision_proposals, revision_stages, seats, decisions,
  comments, request_authors, party_rows, sharing_rows, agreement_rows, other_rows, findings, requests TO onward_read;--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO onward_app;
