-- DropIndex
DROP INDEX "recording_to_remove";

-- CreateIndex
CREATE INDEX "recording_to_remove" ON "recording"("deleted_at") WHERE (deleted_at IS NOT NULL AND (audio_gone_at IS NULL OR carrier_recording_id IS NOT NULL));
