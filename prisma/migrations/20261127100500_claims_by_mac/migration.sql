-- claims were bare hashes, which trying all telephone numbers undoes, and the key of the new ones is not the database's to
-- know. A page says it again at the visitor's next view, so the old ones go
DELETE FROM "visitor_claim";

-- CreateIndex
CREATE INDEX "visitor_claim_account_id_claimed_at_idx" ON "visitor_claim"("account_id", "claimed_at");
