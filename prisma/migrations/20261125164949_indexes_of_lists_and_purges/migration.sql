-- CreateIndex
CREATE INDEX "call_account_id_tracker_id_idx" ON "call"("account_id", "tracker_id");

-- CreateIndex
CREATE INDEX "call_going_on" ON "call"("account_id", "started_at") WHERE (state <> 'ENDED');

-- CreateIndex
CREATE INDEX "carrier_command_age" ON "carrier_command" USING BRIN ("created_at");

-- CreateIndex
CREATE INDEX "carrier_event_failed" ON "carrier_event"("received_at") WHERE (state = 'FAILED');

-- CreateIndex
CREATE INDEX "carrier_event_age" ON "carrier_event" USING BRIN ("received_at");

-- CreateIndex
CREATE INDEX "lead_account_id_created_at_id_idx" ON "lead"("account_id", "created_at", "id");
