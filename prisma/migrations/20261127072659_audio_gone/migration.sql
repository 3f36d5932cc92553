-- DropIndex
DROP INDEX "recording_to_remove";

-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "audio_gone_at" TIMESTAMPTZ(3);

-- What was removed stays removed. Of one that never came here, and whose id the carrier did not tell, nobody knows: the sweep
-- looks for it once.
UPDATE "recording" SET "audio_gone_at" = "deleted_at"
 WHERE "deleted_at" IS NOT NULL AND "storage_key" IS NULL AND "carrier_recording_id" IS NULL AND "failure" IS NULL;

-- CreateIndex
CREATE INDEX "recording_to_remove" ON "recording"("deleted_at") WHERE (deleted_at IS NOT NULL AND (audio_gone_at IS NULL OR carrier_recording_id IS NOT NULL));
