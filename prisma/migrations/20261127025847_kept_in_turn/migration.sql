-- DropIndex
DROP INDEX "agent_lease";

-- DropIndex
DROP INDEX "alert_account_id_at_idx";

-- DropIndex
DROP INDEX "alert_held";

-- DropIndex
DROP INDEX "interaction_snoozed";

-- DropIndex
DROP INDEX "interaction_unanswered";

-- DropIndex
DROP INDEX "summary_rule_due";

-- AlterTable
ALTER TABLE "transcript" ADD COLUMN     "redaction_retry_at" TIMESTAMPTZ(3),
ADD COLUMN     "redaction_tries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "topic_pass" (
    "account_id" UUID NOT NULL,
    "rules" INTEGER NOT NULL,

    CONSTRAINT "topic_pass_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE INDEX "agent_present" ON "agent"("seen_at", "account_id") WHERE (lease_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "alert_at_idx" ON "alert"("at");

-- CreateIndex
CREATE INDEX "alert_held_until" ON "alert"("due_at", "account_id") WHERE (state = 'HELD'::alert_state);

-- CreateIndex
CREATE INDEX "call_account_id_company_id_id_idx" ON "call"("account_id", "company_id", "id");

-- CreateIndex
CREATE INDEX "interaction_to_bring_back" ON "interaction"("snoozed_until", "account_id", "id") WHERE (snoozed_until is not null);

-- CreateIndex
CREATE INDEX "interaction_to_answer" ON "interaction"("answer_due_at", "account_id", "id") WHERE (answer_due_at is not null and answered_at is null and overdue_at is null);

-- CreateIndex
CREATE INDEX "lead_by_name_of" ON "lead"("account_id", "name_owner_id") WHERE (name_owner_id is not null);

-- CreateIndex
CREATE INDEX "lead_visitor_account_id_visitor_id_idx" ON "lead_visitor"("account_id", "visitor_id");

-- CreateIndex
CREATE INDEX "summary_rule_to_send" ON "summary_rule"("due_at", "account_id") WHERE (due_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "transcript_to_redact_again" ON "transcript"("redaction_retry_at") WHERE (redaction_retry_at is not null);

-- AddForeignKey
ALTER TABLE "topic_pass" ADD CONSTRAINT "topic_pass_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
