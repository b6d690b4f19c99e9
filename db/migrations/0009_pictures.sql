CREATE TABLE "gaps" (
	"record_id" text NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"entity_id" text NOT NULL,
	"since_on" date NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"causes" text[] NOT NULL,
	CONSTRAINT "gaps_record_id_from_at_from_on_pk" PRIMARY KEY("record_id","from_at","from_on")
);
--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "routes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "people" bigint;--> statement-breakpoint
CREATE INDEX "gaps_since_now" ON "gaps" USING btree ("since_on","record_id") WHERE "gaps"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "gaps_entity_now" ON "gaps" USING btree ("entity_id","since_on","record_id") WHERE "gaps"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "gaps_until_now" ON "gaps" USING btree ("until_on") WHERE "gaps"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "gaps_since" ON "gaps" USING btree ("since_on","record_id","from_at","until_at");--> statement-breakpoint

-- A gap is closed, never rewritten.
GRANT SELECT, INSERT, UPDATE ON gaps TO onward_app;--> statement-breakpoint
GRANT SELECT ON gaps TO onward_read;--> statement-breakpoint

-- What the versions and the judgements say already, put where it can be asked for.
UPDATE sharing_rows r SET
  people = CASE WHEN b.body->'peopleCount'->>'state' = 'known' THEN (b.body->'peopleCount'->>'value')::bigint END,
  routes = coalesce((SELECT array_agg(DISTINCT (d->>'country') || ':' || coalesce(m->>'mechanism', 'none'))
    FROM jsonb_array_elements(CASE WHEN b.body->'destinations'->>'state' = 'known' THEN b.body->'destinations'->'value' ELSE '[]' END) d
    LEFT JOIN LATERAL jsonb_array_elements(d->'mechanisms') m ON true), ARRAY['none:none'])
FROM (SELECT record_id, n, body::jsonb AS body FROM versions WHERE kind = 'sharing') b
WHERE b.record_id = r.record_id AND b.n = r.n;--> statement-breakpoint
INSERT INTO gaps (record_id, from_at, until_at, entity_id, since_on, from_on, until_on, causes)
SELECT j.record_id, j.from_at, j.until_at, j.entity_id, coalesce(g.since_on, '-infinity'), coalesce(g.from_on, '-infinity'),
  coalesce(g.until_on, 'infinity'), g.causes
FROM judgements j CROSS JOIN LATERAL (
  SELECT p.from_on, p.until_on, p.causes, max(p.from_on) FILTER (WHERE p.begins) OVER (ORDER BY p.k) AS since_on
  FROM (SELECT t.k, (t.g->>'from')::date AS from_on, (t.g->>'to')::date AS until_on,
      lag(t.g->>'to') OVER (ORDER BY t.k) IS DISTINCT FROM t.g->>'from' AS begins,
      (SELECT array_agg(DISTINCT CASE c->>'what' WHEN 'ground' THEN 'ground' WHEN 'paper' THEN 'paper.' || (c->>'kind')
        WHEN 'mechanism' THEN 'mechanism.' || (c->>'country') ELSE (c->>'what') || '.' || (c->>'regime') END)
        FROM jsonb_array_elements(t.g->'causes') c) AS causes
    FROM jsonb_array_elements(j.coverage::jsonb->'gaps') WITH ORDINALITY AS t(g, k)) p) g
WHERE j.coverage IS NOT NULL;
