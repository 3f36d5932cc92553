-- CreateIndex
CREATE INDEX "webhook_delivery_waiting_test" ON "webhook_delivery"("account_id", "endpoint_id", "due_at", "id") WHERE (state = 'PENDING' AND event_type IS NULL);
