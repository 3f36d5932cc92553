-- DropIndex
DROP INDEX "carrier_command_age";

-- DropIndex
DROP INDEX "carrier_event_age";

-- CreateIndex
CREATE INDEX "carrier_command_settled" ON "carrier_command"("created_at") WHERE (state <> 'WAITING');

-- CreateIndex
CREATE INDEX "carrier_event_settled" ON "carrier_event"("received_at") WHERE (state <> 'RECEIVED' AND state <> 'FAILED');

-- CreateIndex
CREATE INDEX "interaction_scored" ON "interaction"("account_id", "kind", "lead_status", "occurred_at", "id") WHERE (lead_status <> 'NOT_SCORED');
