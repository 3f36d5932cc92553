-- CreateIndex
CREATE INDEX "audit_entry_account_id_subject_at_id_idx" ON "audit_entry"("account_id", "subject", "at", "id");

-- CreateIndex
CREATE INDEX "interaction_late" ON "interaction"("account_id", "answer_due_at", "id") WHERE (answer_due_at is not null and answered_at is null);
