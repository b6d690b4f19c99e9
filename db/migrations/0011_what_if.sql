CREATE TABLE "scenario_lines" (
	"run_id" text NOT NULL,
	"place" integer NOT NULL,
	"change" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "scenario_lines_run_id_place_pk" PRIMARY KEY("run_id","place")
);
--> statement-breakpoint
CREATE TABLE "scenario_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"scenario" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"summary" text,
	CONSTRAINT "scenario_runs_state" CHECK ("scenario_runs"."state" in ('waiting','running','done','cancelled','failed'))
);
--> statement-breakpoint
CREATE TABLE "scenarios" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"scenario" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scenario_lines" ADD CONSTRAINT "scenario_lines_run_id_scenario_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scenario_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenario_runs" ADD CONSTRAINT "scenario_runs_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scenario_lines_change" ON "scenario_lines" USING btree ("run_id","change","place");--> statement-breakpoint
CREATE INDEX "scenario_runs_by" ON "scenario_runs" USING btree ("by_person","at");--> statement-breakpoint
CREATE INDEX "scenario_runs_waiting" ON "scenario_runs" USING btree ("at","id") WHERE "scenario_runs"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "scenarios_by" ON "scenarios" USING btree ("by_person","at");--> statement-breakpoint
CREATE INDEX "sharing_rows_countries_now" ON "sharing_rows" USING gin ("countries") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_purposes_now" ON "sharing_rows" USING gin ("purposes") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint

-- Private tables: what a person supposed and what came of it. Nothing of it is in the register.
GRANT SELECT, INSERT, DELETE ON scenarios, scenario_lines TO onward_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON scenario_runs TO onward_app;
