-- CreateEnum
CREATE TYPE "account_mode" AS ENUM ('LIVE', 'TEST');

-- CreateEnum
CREATE TYPE "company_status" AS ENUM ('ACTIVE', 'DISABLED');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('ADMIN', 'MANAGER', 'REPORTING', 'AGENT', 'NOTIFICATION');

-- CreateEnum
CREATE TYPE "call_direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "call_state" AS ENUM ('RINGING', 'IN_PROGRESS', 'ENDED');

-- CreateEnum
CREATE TYPE "call_outcome" AS ENUM ('ANSWERED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY', 'FAILED');

-- CreateEnum
CREATE TYPE "recording_kind" AS ENUM ('CALL', 'VOICEMAIL');

-- CreateEnum
CREATE TYPE "recording_state" AS ENUM ('RECORDING', 'FETCHING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "carrier_event_state" AS ENUM ('RECEIVED', 'DONE', 'IGNORED', 'FAILED');

-- CreateEnum
CREATE TYPE "carrier_command_state" AS ENUM ('WAITING', 'DONE', 'REFUSED', 'LAPSED');

-- CreateEnum
CREATE TYPE "interaction_kind" AS ENUM ('CALL');

-- CreateEnum
CREATE TYPE "inbox_state" AS ENUM ('ACTIVE', 'REVIEWED', 'SNOOZED');

-- CreateEnum
CREATE TYPE "lead_status" AS ENUM ('GOOD_LEAD', 'NOT_A_LEAD', 'PREVIOUSLY_MARKED_GOOD_LEAD', 'NOT_SCORED');

-- CreateEnum
CREATE TYPE "lead_identity_kind" AS ENUM ('PHONE', 'EMAIL');

-- CreateEnum
CREATE TYPE "tracker_type" AS ENUM ('SOURCE', 'SESSION');

-- CreateEnum
CREATE TYPE "tracker_status" AS ENUM ('ACTIVE', 'DISABLED');

-- CreateEnum
CREATE TYPE "phone_number_status" AS ENUM ('ORDERING', 'ACTIVE', 'FAILED', 'RELEASED');

-- CreateEnum
CREATE TYPE "transcript_state" AS ENUM ('WAITING', 'TRANSCRIBING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "speaker" AS ENUM ('CALLER', 'AGENT', 'UNKNOWN');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mode" "account_mode" NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'America/New_York',
    "currency_code" TEXT NOT NULL DEFAULT 'USD',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carrier_settings" (
    "account_id" UUID NOT NULL,
    "base_url" TEXT NOT NULL,
    "sealed_api_key" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "connection_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "carrier_settings_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "company" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "company_status" NOT NULL DEFAULT 'ACTIVE',
    "time_zone" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "account_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "all_companies" BOOLEAN NOT NULL DEFAULT true,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("account_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "all_companies" BOOLEAN NOT NULL DEFAULT true,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "replaces_id" UUID,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "account_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "call" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "tracker_id" UUID,
    "direction" "call_direction" NOT NULL,
    "state" "call_state" NOT NULL,
    "outcome" "call_outcome",
    "from_number" TEXT,
    "to_number" TEXT NOT NULL,
    "carrier_session_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "first_call" BOOLEAN NOT NULL,
    "prior_calls" INTEGER NOT NULL,
    "spam" BOOLEAN NOT NULL DEFAULT false,
    "wake_at" TIMESTAMPTZ(3),
    "machine" JSONB NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "recording" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "kind" "recording_kind" NOT NULL,
    "state" "recording_state" NOT NULL,
    "failure" TEXT,
    "carrier_recording_id" TEXT,
    "notice_ended_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "storage_key" TEXT,
    "sha256" BYTEA,
    "size_bytes" BIGINT,
    "duration_ms" INTEGER,
    "channels" INTEGER,
    "peaks" JSONB,

    CONSTRAINT "recording_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "carrier_event" (
    "account_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "state" "carrier_event_state" NOT NULL DEFAULT 'RECEIVED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "carrier_event_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "carrier_command" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "state" "carrier_command_state" NOT NULL DEFAULT 'WAITING',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "first_try_at" TIMESTAMPTZ(3),
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,

    CONSTRAINT "carrier_command_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "event_epoch" (
    "epoch" INTEGER NOT NULL,
    "system_identifier" TEXT NOT NULL,
    "timeline" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "event_epoch_pkey" PRIMARY KEY ("epoch")
);

-- Written by hand: the lives of the database. The first one begins when the server first connects.
CREATE FUNCTION current_event_epoch() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT max(epoch) FROM event_epoch);

-- CreateTable
CREATE TABLE "event" (
    "epoch" INTEGER NOT NULL DEFAULT current_event_epoch(),
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "seq" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "company_id" UUID,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_version" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("epoch","xid","seq","occurred_at")
) PARTITION BY RANGE ("occurred_at");

-- Written by hand: events whose time has no partition of its own yet.
CREATE TABLE "event_default" PARTITION OF "event" DEFAULT;

-- CreateTable
CREATE TABLE "reaction_cursor" (
    "name" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "xid" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "reaction_cursor_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "event_retention" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL,
    "xid" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "event_retention_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interaction" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "interaction_kind" NOT NULL,
    "company_id" UUID NOT NULL,
    "lead_id" UUID,
    "source_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "value_cents" BIGINT,
    "lead_status" "lead_status" NOT NULL DEFAULT 'NOT_SCORED',
    "note" TEXT,
    "inbox_state" "inbox_state" NOT NULL DEFAULT 'ACTIVE',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "interaction_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "tag" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "interaction_tag" (
    "account_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "tagged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interaction_tag_pkey" PRIMARY KEY ("account_id","interaction_id","tag_id")
);

-- CreateTable
CREATE TABLE "lead" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT,
    "status" "lead_status" NOT NULL DEFAULT 'NOT_SCORED',
    "good_interaction_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead_identity" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" "lead_identity_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,

    CONSTRAINT "lead_identity_pkey" PRIMARY KEY ("account_id","company_id","kind","value")
);

-- CreateTable
CREATE TABLE "source" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "medium" TEXT NOT NULL DEFAULT '',
    "campaign" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "source_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "tracker" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" "tracker_type" NOT NULL,
    "status" "tracker_status" NOT NULL DEFAULT 'ACTIVE',
    "destination" TEXT NOT NULL,
    "ring_seconds" INTEGER NOT NULL DEFAULT 25,
    "whisper" TEXT,
    "greeting" TEXT,
    "recording" BOOLEAN NOT NULL DEFAULT false,
    "transcription" BOOLEAN NOT NULL DEFAULT false,
    "voicemail" BOOLEAN NOT NULL DEFAULT true,
    "voicemail_greeting" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "tracker_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "phone_number" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "tracker_id" UUID,
    "number" TEXT NOT NULL,
    "status" "phone_number_status" NOT NULL DEFAULT 'ORDERING',
    "failure" TEXT,
    "carrier_number_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_number_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "transcript" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "recording_id" UUID NOT NULL,
    "state" "transcript_state" NOT NULL,
    "failure" TEXT,
    "engine" TEXT,
    "model" TEXT,
    "language" TEXT,
    "word_times" TEXT,
    "redactions" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "transcript_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "transcript_segment" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "speaker" "speaker" NOT NULL,
    "start_ms" INTEGER NOT NULL,
    "end_ms" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "words" JSONB NOT NULL,

    CONSTRAINT "transcript_segment_pkey" PRIMARY KEY ("account_id","transcript_id","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "audit_entry_account_id_at_id_idx" ON "audit_entry"("account_id", "at", "id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "call_account_id_company_id_from_number_started_at_idx" ON "call"("account_id", "company_id", "from_number", "started_at");

-- CreateIndex
CREATE INDEX "call_to_wake" ON "call"("wake_at") WHERE (wake_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "call_account_id_carrier_session_id_key" ON "call"("account_id", "carrier_session_id");

-- CreateIndex
CREATE UNIQUE INDEX "recording_account_id_call_id_kind_key" ON "recording"("account_id", "call_id", "kind");

-- CreateIndex
CREATE INDEX "carrier_event_account_id_session_idx" ON "carrier_event"("account_id", "session");

-- CreateIndex
CREATE INDEX "carrier_event_waiting" ON "carrier_event"("received_at") WHERE (state = 'RECEIVED');

-- CreateIndex
CREATE INDEX "carrier_command_account_id_subject_lane_n_idx" ON "carrier_command"("account_id", "subject", "lane", "n");

-- CreateIndex
CREATE INDEX "carrier_command_waiting" ON "carrier_command"("next_try_at") WHERE (state = 'WAITING');

-- CreateIndex
CREATE INDEX "event_account_id_epoch_xid_seq_idx" ON "event"("account_id", "epoch", "xid", "seq");

-- CreateIndex
CREATE INDEX "interaction_account_id_kind_occurred_at_id_idx" ON "interaction"("account_id", "kind", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "interaction_account_id_company_id_kind_occurred_at_id_idx" ON "interaction"("account_id", "company_id", "kind", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "interaction_account_id_lead_id_occurred_at_id_idx" ON "interaction"("account_id", "lead_id", "occurred_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tag_account_id_company_id_name_key" ON "tag"("account_id", "company_id", "name");

-- CreateIndex
CREATE INDEX "interaction_tag_account_id_tag_id_interaction_id_idx" ON "interaction_tag"("account_id", "tag_id", "interaction_id");

-- CreateIndex
CREATE INDEX "lead_account_id_company_id_created_at_id_idx" ON "lead"("account_id", "company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_identity_account_id_lead_id_idx" ON "lead_identity"("account_id", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_account_id_company_id_name_medium_campaign_key" ON "source"("account_id", "company_id", "name", "medium", "campaign");

-- CreateIndex
CREATE INDEX "tracker_account_id_company_id_created_at_id_idx" ON "tracker"("account_id", "company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "phone_number_account_id_tracker_id_idx" ON "phone_number"("account_id", "tracker_id");

-- CreateIndex
CREATE UNIQUE INDEX "phone_number_account_id_number_key" ON "phone_number"("account_id", "number");

-- CreateIndex
CREATE INDEX "transcript_account_id_call_id_idx" ON "transcript"("account_id", "call_id");

-- CreateIndex
CREATE UNIQUE INDEX "transcript_account_id_recording_id_key" ON "transcript"("account_id", "recording_id");

-- AddForeignKey
ALTER TABLE "carrier_settings" ADD CONSTRAINT "carrier_settings_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_replaces_id_fkey" FOREIGN KEY ("account_id", "replaces_id") REFERENCES "api_key"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "call"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_account_id_source_id_fkey" FOREIGN KEY ("account_id", "source_id") REFERENCES "source"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction_tag" ADD CONSTRAINT "interaction_tag_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction_tag" ADD CONSTRAINT "interaction_tag_account_id_tag_id_fkey" FOREIGN KEY ("account_id", "tag_id") REFERENCES "tag"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_identity" ADD CONSTRAINT "lead_identity_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tracker" ADD CONSTRAINT "tracker_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tracker" ADD CONSTRAINT "tracker_account_id_source_id_fkey" FOREIGN KEY ("account_id", "source_id") REFERENCES "source"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "call"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_account_id_recording_id_fkey" FOREIGN KEY ("account_id", "recording_id") REFERENCES "recording"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript_segment" ADD CONSTRAINT "transcript_segment_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
