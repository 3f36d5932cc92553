-- DropIndex
DROP INDEX "visitor_session_account_id_company_id_visitor_id_started_at_idx";

-- AlterTable
ALTER TABLE "visitor_session" ADD COLUMN     "asked_pools" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateIndex
CREATE INDEX "form_submission_session" ON "form_submission"("account_id", "session_id") WHERE (session_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "visitor_session_account_id_visitor_id_company_id_started_at_idx" ON "visitor_session"("account_id", "visitor_id", "company_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "visitor_session_source" ON "visitor_session"("account_id", "visitor_id", "company_id", "started_at", "id") WHERE (sets_source);
