-- CreateIndex
CREATE INDEX "event_account_id_subject_epoch_xid_seq_idx" ON "event"("account_id", "subject", "epoch", "xid", "seq");
