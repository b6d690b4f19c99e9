ALTER TABLE "exports" ADD COLUMN "takes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- by hand
GRANT UPDATE (takes) ON exports TO onward_app;
