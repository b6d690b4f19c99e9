ALTER TABLE "sharing_rows" ADD COLUMN "unproven_from" date;--> statement-breakpoint
ALTER TABLE "sharing_rows" ADD COLUMN "proof_due_on" date;