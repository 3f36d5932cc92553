-- CreateIndex
CREATE INDEX "search_copy_change_changed_at_account_id_idx" ON "search_copy_change"("changed_at", "account_id");
