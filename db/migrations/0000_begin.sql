CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "log_head" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"origin" text NOT NULL,
	"register" text NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"root" "bytea" NOT NULL,
	"frontier" "bytea"[] NOT NULL,
	"open_xid" bigint,
	"open_at" timestamptz(3),
	CONSTRAINT "log_head_one" CHECK ("log_head"."one"),
	CONSTRAINT "log_head_register" CHECK ("log_head"."register" in ('main','sample'))
);
--> statement-breakpoint
CREATE TABLE "log_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"bytes" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"act" text NOT NULL,
	"actor_id" text NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "log_nodes" (
	"level" smallint NOT NULL,
	"n" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_nodes_level_n_pk" PRIMARY KEY("level","n")
);
--> statement-breakpoint
CREATE TABLE "log_objects" (
	"object_id" text NOT NULL,
	"index" bigint NOT NULL,
	CONSTRAINT "log_objects_object_id_index_pk" PRIMARY KEY("object_id","index")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"person_id" text,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"used_at" timestamptz(3),
	CONSTRAINT "links_purpose" CHECK ("links"."purpose" in ('setup','invite','reset'))
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"state" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "people_id" CHECK ("people"."id" ~ '^psn_[0-9a-z]{26}$'),
	CONSTRAINT "people_state" CHECK ("people"."state" in ('invited','active','disabled'))
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refusals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamptz(3) NOT NULL,
	"actor_id" text,
	"act" text NOT NULL,
	"code" text NOT NULL,
	"says" text NOT NULL,
	"object_id" text
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"grant_id" text NOT NULL,
	"n" integer NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"entity_id" text,
	"state" text NOT NULL,
	"until_at" timestamptz(3),
	"at" timestamptz(3) NOT NULL,
	"by_person" text,
	"log_index" bigint NOT NULL,
	CONSTRAINT "role_grants_grant_id_n_pk" PRIMARY KEY("grant_id","n"),
	CONSTRAINT "role_grants_id" CHECK ("role_grants"."grant_id" ~ '^grt_[0-9a-z]{26}$'),
	CONSTRAINT "role_grants_role" CHECK ("role_grants"."role" in ('requester','procurement','legal','dpo','supervisor','administrator')),
	CONSTRAINT "role_grants_state" CHECK ("role_grants"."state" in ('granted','unconfirmed','waiting','confirmed','revoked')),
	CONSTRAINT "role_grants_not_self" CHECK ("role_grants"."by_person" is null or "role_grants"."by_person" <> "role_grants"."person_id" or "role_grants"."state" = 'revoked')
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"seen_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"factor" text,
	"agent" text
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	CONSTRAINT "tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"commitment" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provenance" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"import_id" text NOT NULL,
	"sheet" text NOT NULL,
	"row" integer NOT NULL,
	CONSTRAINT "provenance_record_id_n_pk" PRIMARY KEY("record_id","n")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "records_id_kind" UNIQUE("id","kind"),
	CONSTRAINT "records_kind" CHECK ("records"."id" ~ '^(ent|pty|shr|agr|asm|con|ntc|dmd|chn)_[0-9a-z]{26}$' and "records"."kind" = case left("records"."id", 3)
        when 'ent' then 'entity' when 'pty' then 'party' when 'shr' then 'sharing' when 'agr' then 'agreement'
        when 'asm' then 'assessment' when 'con' then 'consent' when 'ntc' then 'notice' when 'dmd' then 'demand'
        when 'chn' then 'chain' end)
);
--> statement-breakpoint
CREATE TABLE "version_refs" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"path" text NOT NULL,
	"target_id" text NOT NULL,
	CONSTRAINT "version_refs_record_id_n_path_pk" PRIMARY KEY("record_id","n","path")
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"standing" text NOT NULL,
	"body" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"request_id" text,
	"log_index" bigint NOT NULL,
	CONSTRAINT "versions_record_id_n_pk" PRIMARY KEY("record_id","n"),
	CONSTRAINT "versions_n" CHECK ("versions"."n" >= 1),
	CONSTRAINT "versions_standing" CHECK ("versions"."standing" in ('approved','discovered','ended')),
	CONSTRAINT "versions_request" CHECK (("versions"."request_id" is not null) = ("versions"."kind" <> 'entity'))
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"person_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"words" text NOT NULL,
	"path" text,
	"legal_advice" boolean DEFAULT false NOT NULL,
	"log_index" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"revision" integer NOT NULL,
	"stage" text NOT NULL,
	"entity_id" text NOT NULL,
	"person_id" text NOT NULL,
	"verdict" text NOT NULL,
	"hash" text NOT NULL,
	"reason" text,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "decisions_once" UNIQUE("request_id","revision","stage","entity_id"),
	CONSTRAINT "decisions_verdict" CHECK ("decisions"."verdict" in ('approve','refuse','ask-changes','agree','agree-with-conditions','advise-against'))
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"request_id" text NOT NULL,
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"op" text NOT NULL,
	"base_version" integer,
	"position" integer NOT NULL,
	"body" text NOT NULL,
	"discovered" boolean DEFAULT false NOT NULL,
	"import_id" text,
	"sheet" text,
	"row" integer,
	"saved_at" timestamptz(3) NOT NULL,
	CONSTRAINT "proposals_request_id_record_id_pk" PRIMARY KEY("request_id","record_id"),
	CONSTRAINT "proposals_op" CHECK ("proposals"."op" in ('create','change','end')),
	CONSTRAINT "proposals_base" CHECK (("proposals"."op" = 'create') = ("proposals"."base_version" is null))
);
--> statement-breakpoint
CREATE TABLE "request_authors" (
	"request_id" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "request_authors_request_id_person_id_pk" PRIMARY KEY("request_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" text PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "requests_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"moved_at" timestamptz(3) NOT NULL,
	"due_on" date,
	"entity_ids" text[] NOT NULL,
	"restricted_to" text[],
	"proposal_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "requests_no_unique" UNIQUE("no"),
	CONSTRAINT "requests_id" CHECK ("requests"."id" ~ '^req_[0-9a-z]{26}$'),
	CONSTRAINT "requests_kind" CHECK ("requests"."kind" in ('change','import','discovered')),
	CONSTRAINT "requests_state" CHECK ("requests"."state" in ('draft','in-review','changes-requested','approved','refused','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "revision_proposals" (
	"request_id" text NOT NULL,
	"n" integer NOT NULL,
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"op" text NOT NULL,
	"base_version" integer,
	"position" integer NOT NULL,
	"body" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"discovered" boolean NOT NULL,
	"import_id" text,
	"sheet" text,
	"row" integer,
	CONSTRAINT "revision_proposals_request_id_n_record_id_pk" PRIMARY KEY("request_id","n","record_id")
);
--> statement-breakpoint
CREATE TABLE "revision_stages" (
	"request_id" text NOT NULL,
	"n" integer NOT NULL,
	"stage" text NOT NULL,
	"entity_id" text NOT NULL,
	"seat" text NOT NULL,
	"because" text[] NOT NULL,
	CONSTRAINT "revision_stages_request_id_n_stage_entity_id_pk" PRIMARY KEY("request_id","n","stage","entity_id"),
	CONSTRAINT "revision_stages_stage" CHECK ("revision_stages"."stage" in ('procurement','legal','dpo','second-legal')),
	CONSTRAINT "revision_stages_seat" CHECK ("revision_stages"."seat" in ('decides','advises'))
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"request_id" text NOT NULL,
	"n" integer NOT NULL,
	"hash" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"log_index" bigint NOT NULL,
	CONSTRAINT "revisions_request_id_n_pk" PRIMARY KEY("request_id","n")
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"request_id" text NOT NULL,
	"person_id" text NOT NULL,
	"stage" text NOT NULL,
	"entity_id" text NOT NULL,
	CONSTRAINT "seats_request_id_person_id_pk" PRIMARY KEY("request_id","person_id"),
	CONSTRAINT "seats_of_stage" UNIQUE("request_id","person_id","stage","entity_id")
);
--> statement-breakpoint
CREATE TABLE "agreement_rows" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"standing" text NOT NULL,
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"search" text NOT NULL,
	"restricted_to" text[],
	"entity_id" text NOT NULL,
	"party_id" text NOT NULL,
	"kind" text NOT NULL,
	"known_how" text NOT NULL,
	"effect_on" date,
	"ends_on" date,
	"cover_count" integer DEFAULT 0 NOT NULL,
	"has_file" boolean NOT NULL,
	"signed" boolean NOT NULL,
	CONSTRAINT "agreement_rows_record_id_n_pk" PRIMARY KEY("record_id","n")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"record_id" text NOT NULL,
	"seq" integer NOT NULL,
	"record_kind" text NOT NULL,
	"clause" text NOT NULL,
	"pack" text NOT NULL,
	"pack_version" text NOT NULL,
	"severity" text NOT NULL,
	"verdict" text NOT NULL,
	"first_on" date,
	"until_on" date,
	"says" text NOT NULL,
	"params" text NOT NULL,
	"path" text,
	"remedy" text NOT NULL,
	CONSTRAINT "findings_record_id_seq_pk" PRIMARY KEY("record_id","seq")
);
--> statement-breakpoint
CREATE TABLE "other_rows" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"standing" text NOT NULL,
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"search" text NOT NULL,
	"restricted_to" text[],
	"record_kind" text NOT NULL,
	"kind" text,
	"entity_id" text,
	"party_id" text,
	"sharing_id" text,
	"outcome" text,
	"first_on" date,
	"last_on" date,
	CONSTRAINT "other_rows_record_id_n_pk" PRIMARY KEY("record_id","n")
);
--> statement-breakpoint
CREATE TABLE "party_rows" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"standing" text NOT NULL,
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"search" text NOT NULL,
	"restricted_to" text[],
	"kinds" text[] NOT NULL,
	"sub_kind" text,
	"country" text,
	"data_decision" text NOT NULL,
	"risk" text,
	"sharing_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "party_rows_record_id_n_pk" PRIMARY KEY("record_id","n")
);
--> statement-breakpoint
CREATE TABLE "sharing_rows" (
	"record_id" text NOT NULL,
	"n" integer NOT NULL,
	"from_at" timestamptz(3) NOT NULL,
	"until_at" timestamptz(3) NOT NULL,
	"standing" text NOT NULL,
	"title" text NOT NULL,
	"fold" text NOT NULL,
	"search" text NOT NULL,
	"restricted_to" text[],
	"entity_id" text NOT NULL,
	"party_id" text NOT NULL,
	"mode" text NOT NULL,
	"role" text,
	"grounds" text[] NOT NULL,
	"purposes" text[] NOT NULL,
	"data_kinds" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"countries" text[] NOT NULL,
	"mechanisms" text[] NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"due_on" date,
	"unknowns" integer DEFAULT 0 NOT NULL,
	"coverage" datemultirange,
	"papered" datemultirange,
	"blocking" datemultirange,
	"warning" datemultirange,
	CONSTRAINT "sharing_rows_record_id_n_pk" PRIMARY KEY("record_id","n")
);
--> statement-breakpoint
CREATE TABLE "file_bytes" (
	"sha256" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"legal_advice" boolean DEFAULT false NOT NULL,
	CONSTRAINT "files_sha256" CHECK ("files"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import_id" text NOT NULL,
	"row" integer NOT NULL,
	"good" boolean NOT NULL,
	"cells" text NOT NULL,
	"problems" text NOT NULL,
	CONSTRAINT "import_rows_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"format" text NOT NULL,
	"entity_id" text,
	"by_person" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"settings" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"request_id" text,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "kept" (
	"session_hash" "bytea" NOT NULL,
	"path" text NOT NULL,
	"body" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "kept_session_hash_path_pk" PRIMARY KEY("session_hash","path")
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"key" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "tallies_key_at_pk" PRIMARY KEY("key","at")
);
--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_entity_id_records_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provenance" ADD CONSTRAINT "provenance_record_id_n_versions_record_id_n_fk" FOREIGN KEY ("record_id","n") REFERENCES "public"."versions"("record_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_refs" ADD CONSTRAINT "version_refs_target_id_records_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_refs" ADD CONSTRAINT "version_refs_record_id_n_versions_record_id_n_fk" FOREIGN KEY ("record_id","n") REFERENCES "public"."versions"("record_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_kind_of_record" FOREIGN KEY ("record_id","kind") REFERENCES "public"."records"("id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_request_id_revision_revisions_request_id_n_fk" FOREIGN KEY ("request_id","revision") REFERENCES "public"."revisions"("request_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_request_id_person_id_stage_entity_id_seats_request_id_person_id_stage_entity_id_fk" FOREIGN KEY ("request_id","person_id","stage","entity_id") REFERENCES "public"."seats"("request_id","person_id","stage","entity_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_request_id_revision_stage_entity_id_revision_stages_request_id_n_stage_entity_id_fk" FOREIGN KEY ("request_id","revision","stage","entity_id") REFERENCES "public"."revision_stages"("request_id","n","stage","entity_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_authors" ADD CONSTRAINT "request_authors_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_authors" ADD CONSTRAINT "request_authors_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_proposals" ADD CONSTRAINT "revision_proposals_request_id_n_revisions_request_id_n_fk" FOREIGN KEY ("request_id","n") REFERENCES "public"."revisions"("request_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_stages" ADD CONSTRAINT "revision_stages_request_id_n_revisions_request_id_n_fk" FOREIGN KEY ("request_id","n") REFERENCES "public"."revisions"("request_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_by_person_people_id_fk" FOREIGN KEY ("by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_leaves_at" ON "log_leaves" USING btree ("at","index");--> statement-breakpoint
CREATE INDEX "log_leaves_actor" ON "log_leaves" USING btree ("actor_id","index");--> statement-breakpoint
CREATE INDEX "log_leaves_act" ON "log_leaves" USING btree ("act","index");--> statement-breakpoint
CREATE INDEX "log_leaves_request" ON "log_leaves" USING btree ("request_id","index");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "refusals_at" ON "refusals" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "role_grants_person" ON "role_grants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "tokens_person" ON "tokens" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "disclosures_owner" ON "disclosures" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "provenance_import" ON "provenance" USING btree ("import_id","row");--> statement-breakpoint
CREATE INDEX "version_refs_target" ON "version_refs" USING btree ("target_id");--> statement-breakpoint
CREATE UNIQUE INDEX "versions_at" ON "versions" USING btree ("record_id","at");--> statement-breakpoint
CREATE INDEX "versions_request_id" ON "versions" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "versions_kind_at" ON "versions" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "comments_request" ON "comments" USING btree ("request_id","at");--> statement-breakpoint
CREATE INDEX "proposals_record" ON "proposals" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "proposals_position" ON "proposals" USING btree ("request_id","position","record_id");--> statement-breakpoint
CREATE INDEX "requests_moved" ON "requests" USING btree ("moved_at","id");--> statement-breakpoint
CREATE INDEX "requests_no" ON "requests" USING btree ("no","id");--> statement-breakpoint
CREATE INDEX "requests_title" ON "requests" USING btree ("fold","id");--> statement-breakpoint
CREATE INDEX "requests_state_moved" ON "requests" USING btree ("state","moved_at","id");--> statement-breakpoint
CREATE INDEX "requests_creator" ON "requests" USING btree ("created_by","moved_at");--> statement-breakpoint
CREATE INDEX "revision_proposals_position" ON "revision_proposals" USING btree ("request_id","n","position","record_id");--> statement-breakpoint
CREATE INDEX "revision_proposals_record" ON "revision_proposals" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "agreement_rows_name_now" ON "agreement_rows" USING btree ("fold","record_id") WHERE "agreement_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "agreement_rows_ends_now" ON "agreement_rows" USING btree ("ends_on","record_id") WHERE "agreement_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "agreement_rows_pair" ON "agreement_rows" USING btree ("party_id","entity_id","from_at");--> statement-breakpoint
CREATE INDEX "agreement_rows_name" ON "agreement_rows" USING btree ("fold","record_id","from_at","until_at");--> statement-breakpoint
CREATE INDEX "agreement_rows_search" ON "agreement_rows" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "findings_clause" ON "findings" USING btree ("severity","clause","record_id","seq");--> statement-breakpoint
CREATE INDEX "other_rows_name_now" ON "other_rows" USING btree ("record_kind","fold","record_id") WHERE "other_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "other_rows_name" ON "other_rows" USING btree ("record_kind","fold","record_id","from_at","until_at");--> statement-breakpoint
CREATE INDEX "other_rows_party" ON "other_rows" USING btree ("party_id","record_kind");--> statement-breakpoint
CREATE INDEX "other_rows_sharing" ON "other_rows" USING btree ("sharing_id","record_kind");--> statement-breakpoint
CREATE INDEX "other_rows_search" ON "other_rows" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "party_rows_name_now" ON "party_rows" USING btree ("fold","record_id") WHERE "party_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "party_rows_from_now" ON "party_rows" USING btree ("from_at","record_id") WHERE "party_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "party_rows_country_now" ON "party_rows" USING btree ("country","record_id") WHERE "party_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "party_rows_name" ON "party_rows" USING btree ("fold","record_id","from_at","until_at");--> statement-breakpoint
CREATE INDEX "party_rows_search" ON "party_rows" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "sharing_rows_name_now" ON "sharing_rows" USING btree ("fold","record_id") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_from_now" ON "sharing_rows" USING btree ("from_at","record_id") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_starts_now" ON "sharing_rows" USING btree ("starts_on","record_id") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_party" ON "sharing_rows" USING btree ("party_id","from_at");--> statement-breakpoint
CREATE INDEX "sharing_rows_entity_now" ON "sharing_rows" USING btree ("entity_id","fold","record_id") WHERE "sharing_rows"."until_at" = 'infinity';--> statement-breakpoint
CREATE INDEX "sharing_rows_name" ON "sharing_rows" USING btree ("fold","record_id","from_at","until_at");--> statement-breakpoint
CREATE INDEX "sharing_rows_search" ON "sharing_rows" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "files_sha" ON "files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "files_by" ON "files" USING btree ("by_person","at");--> statement-breakpoint
CREATE INDEX "import_rows_bad" ON "import_rows" USING btree ("import_id","good","row");--> statement-breakpoint
CREATE INDEX "imports_at" ON "imports" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "imports_by" ON "imports" USING btree ("by_person","at");