-- DropIndex
DROP INDEX "recording_kept";

-- CreateIndex
CREATE INDEX "recording_kept" ON "recording"("account_id", "company_id", "started_at") WHERE (state = ANY (ARRAY['READY'::recording_state, 'FAILED'::recording_state]));

-- a reaction that is no more reads no further
DELETE FROM "reaction_cursor" WHERE "name" = 'attribution.attribute-calls';
