CREATE INDEX "version_refs_replaces" ON "version_refs" USING btree ("target_id","record_id","n") WHERE "version_refs"."path" = 'replaces';--> statement-breakpoint
CREATE INDEX "version_refs_beside" ON "version_refs" USING btree ("target_id","record_id","n") WHERE "version_refs"."path" like 'furtherEntities.%';
--> statement-breakpoint
-- by hand
-- Lists say the last day to which notice of a paper without terms runs: of rows written before, too.
UPDATE agreement_rows r SET ends_on = b.ends_on FROM (
  SELECT v.record_id, v.n, least(t.terminated - 1, case when t.days is not null then t.given + t.days
      when t.months > 0 then (t.given + make_interval(months => t.months))::date end) AS ends_on
    FROM versions v CROSS JOIN LATERAL (SELECT v.body::jsonb AS j) j CROSS JOIN LATERAL (SELECT
      case when j #>> '{terminatedOn,state}' = 'known' then (j #>> '{terminatedOn,value}')::date end AS terminated,
      case when j #>> '{noticeGivenOn,state}' = 'known' then (j #>> '{noticeGivenOn,value}')::date end AS given,
      case when j #>> '{noticeGivenBy,value}' = 'party' then case when j #>> '{noticeTheirs,state}' = 'known' then (j #>> '{noticeTheirs,value}')::int end
        when j #>> '{noticeOurs,state}' = 'known' then (j #>> '{noticeOurs,value}')::int end AS days,
      case when j #>> '{renewal,state}' = 'known' then (j #>> '{renewal,value,noticeMonths}')::int else 0 end AS months,
      j #>> '{effectOn,state}' = 'known' and (j #>> '{initialMonths,state}' = 'known' or j #>> '{renewal,state}' = 'known'
        and j #>> '{renewal,value,way}' = 'tacit' and (j #>> '{renewal,value,months}')::int > 0) AS has_terms) t
    WHERE v.kind = 'agreement' AND t.given is not null AND j #>> '{endsOn,state}' = 'not-applicable' AND not coalesce(t.has_terms, false)) b
  WHERE b.record_id = r.record_id AND b.n = r.n AND b.ends_on is not null AND r.ends_on IS DISTINCT FROM b.ends_on;

