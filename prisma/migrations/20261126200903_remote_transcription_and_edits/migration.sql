-- CreateEnum
CREATE TYPE "language_source" AS ENUM ('DETECTED', 'DECLARED', 'NOT_TOLD', 'NOT_SUPPORTED');

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "speech_language" TEXT,
ADD COLUMN     "third_party_transcription" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "insight_run" ADD COLUMN     "edits" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "keyword_scan" ADD COLUMN     "edits" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "transcript" ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "edits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "language_source" "language_source",
ADD COLUMN     "sent_to" TEXT;

-- AlterTable
ALTER TABLE "transcript_segment" ADD COLUMN     "edited" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "transcript_revision" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "edit" INTEGER NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "edited_by" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transcript_revision_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "transcript_revision_account_id_transcript_id_edited_at_id_idx" ON "transcript_revision"("account_id", "transcript_id", "edited_at", "id");

-- AddForeignKey
ALTER TABLE "transcript_revision" ADD CONSTRAINT "transcript_revision_account_id_transcript_id_n_fkey" FOREIGN KEY ("account_id", "transcript_id", "n") REFERENCES "transcript_segment"("account_id", "transcript_id", "n") ON DELETE CASCADE ON UPDATE CASCADE;
