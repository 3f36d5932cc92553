-- CreateIndex
CREATE INDEX "action_task_assigned_open" ON "action_task"("account_id", "assignee_id", "due_on", "id") WHERE (assignee_id is not null and done_at is null);
