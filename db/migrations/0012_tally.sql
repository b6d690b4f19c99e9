CREATE TABLE "record_counts" (
	"kind" text NOT NULL,
	"entity_id" text NOT NULL,
	"standing" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "record_counts_kind_entity_id_standing_at_pk" PRIMARY KEY("kind","entity_id","standing","at")
);
--> statement-breakpoint
DROP INDEX "version_refs_target";--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "checked_at" timestamptz(3);--> statement-breakpoint
CREATE INDEX "records_of_kind" ON "records" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "version_refs_to" ON "version_refs" USING btree ("target_id","record_id","n");--> statement-breakpoint
CREATE INDEX "agreement_rows_from_now" ON "agreement_rows" USING btree ("from_at","record_id") WHERE "agreement_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "agreement_rows_entity_now" ON "agreement_rows" USING btree ("entity_id","fold","record_id") WHERE "agreement_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "agreement_rows_entity_from_now" ON "agreement_rows" USING btree ("entity_id","from_at","record_id") WHERE "agreement_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "agreement_rows_from" ON "agreement_rows" USING btree ("from_at","record_id","until_at");--> statement-breakpoint
CREATE INDEX "agreement_rows_restricted" ON "agreement_rows" USING btree ("until_at","record_id") WHERE "agreement_rows"."restricted_to" is not null;--> statement-breakpoint
CREATE INDEX "other_rows_title_now" ON "other_rows" USING btree ("fold","record_id") WHERE "other_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "other_rows_from_now" ON "other_rows" USING btree ("from_at","record_id") WHERE "other_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "other_rows_title" ON "other_rows" USING btree ("fold","record_id","from_at","until_at");--> statement-breakpoint
CREATE INDEX "other_rows_from" ON "other_rows" USING btree ("from_at","record_id","until_at");--> statement-breakpoint
CREATE INDEX "other_rows_restricted" ON "other_rows" USING btree ("until_at","record_id") WHERE "other_rows"."restricted_to" is not null;--> statement-breakpoint
CREATE INDEX "party_rows_from" ON "party_rows" USING btree ("from_at","record_id","until_at");--> statement-breakpoint
CREATE INDEX "party_rows_restricted" ON "party_rows" USING btree ("until_at","record_id") WHERE "party_rows"."restricted_to" is not null;--> statement-breakpoint
CREATE INDEX "sharing_rows_checked_now" ON "sharing_rows" USING btree ("checked_at") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_entity_from_now" ON "sharing_rows" USING btree ("entity_id","from_at","record_id") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_from" ON "sharing_rows" USING btree ("from_at","record_id","until_at");--> statement-breakpoint
CREATE INDEX "sharing_rows_restricted" ON "sharing_rows" USING btree ("until_at","record_id") WHERE "sharing_rows"."restricted_to" is not null;--> statement-breakpoint
-- What is in force already is counted once; from here on every act adds to it.
INSERT INTO record_counts (kind, entity_id, standing, at, n)
  WITH spans AS (
    SELECT 'party' AS kind, '' AS entity_id, standing, from_at, until_at FROM party_rows WHERE restricted_to IS NULL
    UNION ALL SELECT 'sharing', entity_id, standing, from_at, until_at FROM sharing_rows WHERE restricted_to IS NULL
    UNION ALL SELECT 'agreement', entity_id, standing, from_at, until_at FROM agreement_rows WHERE restricted_to IS NULL
    UNION ALL SELECT record_kind, coalesce(entity_id, ''), standing, from_at, until_at FROM other_rows WHERE restricted_to IS NULL
  ), steps AS (
    SELECT kind, entity_id, standing, at, sum(d) AS d FROM (
      SELECT kind, entity_id, standing, from_at AS at, 1 AS d FROM spans
      UNION ALL SELECT kind, entity_id, standing, until_at, -1 FROM spans WHERE until_at <> 'infinity'
    ) e GROUP BY kind, entity_id, standing, at HAVING sum(d) <> 0
  )
  SELECT kind, entity_id, standing, at, sum(d) OVER (PARTITION BY kind, entity_id, standing ORDER BY at) FROM steps;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON record_counts TO onward_app;--> statement-breakpoint
GRANT SELECT ON record_counts TO onward_read;
--> statement-breakpoint
-- One and two ideographs, which trigrams do not know: the pairs and single signs of a text, nothing for other scripts.
CREATE FUNCTION search_pairs(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN p_text ~ '[\u2E80-\uFFFF]' THEN (
    SELECT array_agg(DISTINCT substr(p_text, i, k)) FROM generate_series(1, length(p_text)) i CROSS JOIN generate_series(1, 2) k
    WHERE substr(p_text, i, k) ~ '^[\u2E80-\uFFFF]+$') END $$;--> statement-breakpoint
CREATE INDEX "party_rows_pairs" ON "party_rows" USING gin (search_pairs("search"));--> statement-breakpoint
CREATE INDEX "sharing_rows_pairs" ON "sharing_rows" USING gin (search_pairs("search"));--> statement-breakpoint
CREATE INDEX "agreement_rows_pairs" ON "agreement_rows" USING gin (search_pairs("search"));--> statement-breakpoint
CREATE INDEX "other_rows_pairs" ON "other_rows" USING gin (search_pairs("search"));
