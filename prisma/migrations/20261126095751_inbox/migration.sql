-- AlterTable
ALTER TABLE "interaction" ADD COLUMN     "answer_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "overdue_at" TIMESTAMPTZ(3),
ADD COLUMN     "snoozed_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "interaction_read" (
    "account_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interaction_read_pkey" PRIMARY KEY ("account_id","user_id","interaction_id")
);

-- CreateTable
CREATE TABLE "inbox_setting" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "answer_within_minutes" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "inbox_setting_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateIndex
CREATE INDEX "interaction_read_account_id_interaction_id_idx" ON "interaction_read"("account_id", "interaction_id");

-- CreateIndex
CREATE INDEX "interaction_open" ON "interaction"("account_id", "inbox_state", "occurred_at", "id") WHERE (inbox_state <> 'REVIEWED');

-- CreateIndex
CREATE INDEX "interaction_open_of_company" ON "interaction"("account_id", "company_id", "inbox_state", "occurred_at", "id") WHERE (inbox_state <> 'REVIEWED');

-- CreateIndex
CREATE INDEX "interaction_assigned" ON "interaction"("account_id", "assignee_id", "occurred_at", "id") WHERE (assignee_id is not null);

-- CreateIndex
CREATE INDEX "interaction_snoozed" ON "interaction"("account_id", "snoozed_until", "id") WHERE (snoozed_until is not null);

-- CreateIndex
CREATE INDEX "interaction_unanswered" ON "interaction"("account_id", "answer_due_at", "id") WHERE (answer_due_at is not null and answered_at is null and overdue_at is null);

-- AddForeignKey
ALTER TABLE "interaction_read" ADD CONSTRAINT "interaction_read_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox_setting" ADD CONSTRAINT "inbox_setting_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Calls of before that were answered are not to be looked at again.
UPDATE "interaction" i SET "inbox_state" = 'REVIEWED', "answered_at" = coalesce(c."ended_at", i."occurred_at")
  FROM "call" c
 WHERE c."account_id" = i."account_id" AND c."id" = i."id" AND c."outcome" = 'ANSWERED';
