-- AlterTable
ALTER TABLE "webhook_endpoint" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "webhook_delivery_waiting_test" ON "webhook_delivery"("account_id", "endpoint_id", "due_at", "id") WHERE (state = 'PENDING' AND event_type IS NULL);

-- CreateIndex
CREATE INDEX "webhook_endpoint_deleted" ON "webhook_endpoint"("deleted_at") WHERE (deleted_at IS NOT NULL);
