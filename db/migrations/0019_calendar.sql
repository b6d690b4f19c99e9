CREATE TABLE "calendar_links" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_links_living" ON "calendar_links" USING btree ("person_id") WHERE "calendar_links"."revoked_at" is null;--> statement-breakpoint

-- by hand
GRANT SELECT, INSERT, UPDATE (revoked_at) ON calendar_links TO onward_app;
