-- CreateEnum
CREATE TYPE "voicemail_state" AS ENUM ('NEW', 'HEARD', 'DONE');

-- CreateEnum
CREATE TYPE "callback_outcome" AS ENUM ('REACHED', 'NO_ANSWER', 'LEFT_MESSAGE', 'WRONG_NUMBER');

-- CreateEnum
CREATE TYPE "call_screening" AS ENUM ('DISABLED', 'FLAG_CALLS', 'REJECT_CALLS');

-- CreateEnum
CREATE TYPE "reserved_number_state" AS ENUM ('PENDING', 'HELD', 'REFUSED', 'ORDERED');

-- AlterEnum
ALTER TYPE "phone_number_status" ADD VALUE 'RELEASING';

-- AlterEnum
ALTER TYPE "recording_state" ADD VALUE 'EXPIRED';
ALTER TYPE "recording_state" ADD VALUE 'DELETED';

-- DropIndex
DROP INDEX "phone_number_account_id_number_key";

-- AlterTable
ALTER TABLE "carrier_event" ADD COLUMN     "dialled" TEXT;

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "call_transcription" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "delete_transcripts_with_recordings" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "recording_retention_days" INTEGER,
ADD COLUMN     "voicemail_transcription" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "phone_number" ADD COLUMN     "call_screening" "call_screening" NOT NULL DEFAULT 'DISABLED',
ADD COLUMN     "caller_name_lookup" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "carrier_status" TEXT,
ADD COLUMN     "check_at" TIMESTAMPTZ(3),
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "grace_days" INTEGER,
ADD COLUMN     "problems" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "release_at" TIMESTAMPTZ(3),
ADD COLUMN     "replaces_id" UUID;

-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "company_id" UUID,
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by" TEXT;

-- Recordings of before belong to their call's company
UPDATE "recording" r SET "company_id" = c."company_id" FROM "call" c
 WHERE c."account_id" = r."account_id" AND c."id" = r."call_id";
ALTER TABLE "recording" ALTER COLUMN "company_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "voicemail" (
    "account_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "state" "voicemail_state" NOT NULL DEFAULT 'NEW',
    "heard_at" TIMESTAMPTZ(3),
    "heard_by" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,

    CONSTRAINT "voicemail_pkey" PRIMARY KEY ("account_id","call_id")
);

-- CreateTable
CREATE TABLE "voicemail_callback" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "outcome" "callback_outcome" NOT NULL,
    "linked_call_id" UUID,

    CONSTRAINT "voicemail_callback_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "number_reservation" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "carrier_reservation_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "number_reservation_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "reserved_number" (
    "account_id" UUID NOT NULL,
    "reservation_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "state" "reserved_number_state" NOT NULL,
    "failure" TEXT,

    CONSTRAINT "reserved_number_pkey" PRIMARY KEY ("account_id","reservation_id","number")
);

-- CreateIndex
CREATE INDEX "voicemail_account_id_state_call_id_idx" ON "voicemail"("account_id", "state", "call_id");

-- CreateIndex
CREATE INDEX "voicemail_callback_account_id_call_id_at_idx" ON "voicemail_callback"("account_id", "call_id", "at");

-- CreateIndex
CREATE INDEX "voicemail_callback_account_id_linked_call_id_idx" ON "voicemail_callback"("account_id", "linked_call_id");

-- CreateIndex
CREATE INDEX "number_reservation_account_id_created_at_id_idx" ON "number_reservation"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "number_reservation_expires_at_idx" ON "number_reservation"("expires_at");

-- CreateIndex
CREATE INDEX "reserved_number_account_id_number_idx" ON "reserved_number"("account_id", "number");

-- CreateIndex
CREATE INDEX "call_account_id_to_number_started_at_idx" ON "call"("account_id", "to_number", "started_at");

-- CreateIndex
CREATE INDEX "carrier_event_dialled" ON "carrier_event"("account_id", "dialled", "occurred_at") WHERE (dialled IS NOT NULL);

-- CreateIndex
CREATE INDEX "phone_number_account_id_number_id_idx" ON "phone_number"("account_id", "number", "id");

-- CreateIndex
CREATE INDEX "phone_number_anywhere" ON "phone_number"("number");

-- CreateIndex
CREATE INDEX "phone_number_account_id_replaces_id_idx" ON "phone_number"("account_id", "replaces_id");

-- CreateIndex
CREATE INDEX "phone_number_to_check" ON "phone_number"("check_at") WHERE (check_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "phone_number_live" ON "phone_number"("account_id", "number") WHERE (status <> ALL (ARRAY['FAILED'::phone_number_status, 'RELEASED'::phone_number_status]));

-- CreateIndex
CREATE INDEX "recording_kept" ON "recording"("account_id", "company_id", "started_at") WHERE (state = 'READY');

-- CreateIndex
CREATE INDEX "recording_to_remove" ON "recording"("deleted_at") WHERE (deleted_at IS NOT NULL AND (storage_key IS NOT NULL OR carrier_recording_id IS NOT NULL));

-- Messages of before are new to everybody; numbers of before are looked at soon
INSERT INTO "voicemail" ("account_id", "call_id")
SELECT "account_id", "id" FROM "call" WHERE "outcome" = 'VOICEMAIL';
UPDATE "phone_number" SET "check_at" = "created_at" WHERE "status" IN ('ORDERING', 'ACTIVE');

-- AddForeignKey
ALTER TABLE "voicemail" ADD CONSTRAINT "voicemail_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "call"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voicemail_callback" ADD CONSTRAINT "voicemail_callback_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "voicemail"("account_id", "call_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voicemail_callback" ADD CONSTRAINT "voicemail_callback_account_id_linked_call_id_fkey" FOREIGN KEY ("account_id", "linked_call_id") REFERENCES "call"("account_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_number" ADD CONSTRAINT "phone_number_account_id_replaces_id_fkey" FOREIGN KEY ("account_id", "replaces_id") REFERENCES "phone_number"("account_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_reservation" ADD CONSTRAINT "number_reservation_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reserved_number" ADD CONSTRAINT "reserved_number_account_id_reservation_id_fkey" FOREIGN KEY ("account_id", "reservation_id") REFERENCES "number_reservation"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
