-- DropIndex
DROP INDEX "raw_transcript_account_id_company_id_idx";

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "raw_kept_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "raw_transcript" ADD COLUMN     "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "raw_transcript_account_id_company_id_kept_at_idx" ON "raw_transcript"("account_id", "company_id", "kept_at");

-- CreateIndex
CREATE INDEX "transcript_state_redaction_version_idx" ON "transcript"("state", "redaction_version");

-- what companies had kept that keep nothing any more is still to be dropped
UPDATE "company" c SET "raw_kept_since" = now()
 WHERE NOT c."keep_raw_transcripts"
   AND EXISTS (SELECT 1 FROM "raw_transcript" r WHERE r."account_id" = c."account_id" AND r."company_id" = c."id");
