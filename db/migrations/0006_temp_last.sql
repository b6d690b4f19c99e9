-- PostgreSQL looks into temporary tables first unless the search path names them: whoever had the app's way to the database
-- could stand a log_head of their own before the real one, and the two doors of the log, which run as the owner, would
-- believe it. From here on every function of the register names them, last.
ALTER FUNCTION log_open(timestamptz) SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION log_append(text[], bytea[]) SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION log_closed() SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION version_follows() SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION seat_not_author() SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION author_not_seated() SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION grant_apart() SET search_path = pg_catalog, public, pg_temp;--> statement-breakpoint
ALTER FUNCTION log_leaf_hash(text) SET search_path = pg_catalog, pg_temp;--> statement-breakpoint
ALTER FUNCTION log_node_hash(bytea, bytea) SET search_path = pg_catalog, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_rewrite() SET search_path = pg_catalog, pg_temp;--> statement-breakpoint
ALTER FUNCTION log_grows() SET search_path = pg_catalog, pg_temp;
