ALTER TABLE "links" ADD COLUMN "by_person" text;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "needs_second" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "code_hash" "bytea";--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "reset_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "reset_by" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "reset_confirmed_by" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "reset_known_at" timestamptz(3);--> statement-breakpoint
CREATE INDEX "links_open" ON "links" USING btree ("person_id") WHERE "links"."used_at" is null;--> statement-breakpoint
CREATE INDEX "files_advice" ON "files" USING btree ("id") WHERE "files"."legal_advice";--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_second" CHECK (("links"."code_hash" is null) = ("links"."confirmed_by" is null));