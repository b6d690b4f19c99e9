CREATE TABLE "views" (
	"id" text PRIMARY KEY NOT NULL,
	"by_person" text NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "views_list" CHECK ("views"."list" ~ '^/[a-z/-]{1,40}$' and starts_with("views"."address", "views"."list")),
	CONSTRAINT "views_sizes" CHECK (length("views"."name") between 1 and 80 and length("views"."address") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "views_by" ON "views" USING btree ("by_person","list","name");--> statement-breakpoint

-- Private: which views a person keeps, and what they call them. Whose one is does not change, nor the list it is of.
GRANT SELECT, INSERT, DELETE, UPDATE (name, address, at) ON views TO onward_app;
