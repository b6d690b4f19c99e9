ALTER TABLE "log_witnesses" ADD COLUMN "secret" text;--> statement-breakpoint
CREATE INDEX "log_leaves_actor_act" ON "log_leaves" USING btree ("actor_id","act","index");--> statement-breakpoint
ALTER TABLE "log_witnesses" ADD CONSTRAINT "log_witnesses_secret" CHECK ("log_witnesses"."secret" ~ '^[A-Za-z0-9_-]{43}$');
