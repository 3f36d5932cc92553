-- What was removed stays removed. Of one that never came here, and whose id the carrier did not tell, nobody knows: the sweep
-- looks for it once. By itself, so that nobody who writes recordings waits for all of it.
UPDATE "recording" SET "audio_gone_at" = "deleted_at"
 WHERE "deleted_at" IS NOT NULL AND "storage_key" IS NULL AND "carrier_recording_id" IS NULL AND "failure" IS NULL;
