-- AlterTable
ALTER TABLE "action_task" ADD COLUMN     "call_id" UUID,
ADD COLUMN     "company_id" UUID;

-- The call and the company of the tasks that there are
UPDATE "action_task" task
   SET call_id = c.id, company_id = c.company_id
  FROM insight i
  JOIN insight_run r ON r.account_id = i.account_id AND r.id = i.run_id
  JOIN transcript t ON t.account_id = r.account_id AND t.id = r.transcript_id
  JOIN call c ON c.account_id = t.account_id AND c.id = t.call_id
 WHERE i.account_id = task.account_id AND i.id = task.insight_id;

ALTER TABLE "action_task" ALTER COLUMN "call_id" SET NOT NULL,
ALTER COLUMN "company_id" SET NOT NULL;

-- CreateIndex
CREATE INDEX "action_task_account_id_due_on_id_idx" ON "action_task"("account_id", "due_on", "id");

-- CreateIndex
CREATE INDEX "action_task_account_id_company_id_due_on_id_idx" ON "action_task"("account_id", "company_id", "due_on", "id");

-- CreateIndex
CREATE INDEX "action_task_open" ON "action_task"("account_id", "due_on", "id") WHERE (done_at is null);

-- CreateIndex
CREATE INDEX "action_task_open_of_company" ON "action_task"("account_id", "company_id", "due_on", "id") WHERE (done_at is null);

-- CreateIndex
CREATE INDEX "action_task_assigned" ON "action_task"("account_id", "assignee_id", "due_on", "id") WHERE (assignee_id is not null);
