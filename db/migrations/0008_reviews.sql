CREATE TABLE "review_rows" (
	"request_id" text NOT NULL,
	"record_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"op" text NOT NULL,
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"entity_id" text,
	"kinds" text[] NOT NULL,
	"country" text,
	"clauses" text[] NOT NULL,
	"enters" text NOT NULL,
	"unknowns" integer NOT NULL,
	"owner" text,
	"sealed" boolean NOT NULL,
	"due_on" date,
	"near_id" text,
	"sheet" text,
	"row" integer,
	CONSTRAINT "review_rows_request_id_record_id_pk" PRIMARY KEY("request_id","record_id")
);
--> statement-breakpoint
ALTER TABLE "review_rows" ADD CONSTRAINT "review_rows_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "review_rows_position" ON "review_rows" USING btree ("request_id","position","record_id");--> statement-breakpoint
CREATE INDEX "proposals_import" ON "proposals" USING btree ("import_id","request_id");--> statement-breakpoint
-- Names without the words behind them that only say what sort of company it is, and their figures: near names are looked
-- up by these. The words are those of domain/imports/similar.ts; a test holds the two together.
CREATE FUNCTION name_core(p_fold text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$
  SELECT regexp_replace(p_fold, '( (ltd|limited|plc|llp|llc|lp|inc|incorporated|corp|corporation|co|company|gmbh|mbh|ag|kg|kgaa|ug|se|ohg|ev|ek|sa|sas|sasu|sarl|snc|srl|srls|spa|sl|slu|bv|nv|oy|oyj|ab|as|asa|aps|kft|zrt|sro|doo|pty|pte|pvt|private|kk|sp z o o|s r o|s a r l|s p a|s a s|s r l|s a|b v|n v|e v))+$', '') $$;--> statement-breakpoint
CREATE FUNCTION name_figures(p_fold text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$
  SELECT btrim(regexp_replace(p_fold, '[^0-9]+', ' ', 'g')) $$;--> statement-breakpoint
CREATE INDEX "party_rows_core_now" ON "party_rows" USING gin (name_core("fold") gin_trgm_ops) WHERE "until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "party_rows_figures_now" ON "party_rows" USING btree (name_figures("fold")) WHERE "until_at" = 'infinity';--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON review_rows TO onward_app;--> statement-breakpoint
GRANT SELECT ON review_rows TO onward_read;
