-- A version of a pack of our own is a record like any other: its versions, references and leaves are defended already.
ALTER TABLE "records" DROP CONSTRAINT "records_kind";--> statement-breakpoint
CREATE INDEX "proposals_packs" ON "proposals" USING btree ("request_id","record_id") WHERE "proposals"."kind" = 'pack';--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_kind" CHECK ("records"."id" ~ '^(ent|pty|shr|agr|asm|con|ntc|dmd|chn|pck)_[0-9a-z]{26}$' and "records"."kind" = case left("records"."id", 3)
        when 'ent' then 'entity' when 'pty' then 'party' when 'shr' then 'sharing' when 'agr' then 'agreement'
        when 'asm' then 'assessment' when 'con' then 'consent' when 'ntc' then 'notice' when 'dmd' then 'demand'
        when 'chn' then 'chain' when 'pck' then 'pack' end) NOT VALID;--> statement-breakpoint
ALTER TABLE "records" VALIDATE CONSTRAINT "records_kind";
