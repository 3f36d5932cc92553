-- AlterTable
ALTER TABLE "action_task" ADD COLUMN     "drawn" TEXT,
ADD COLUMN     "interaction_id" UUID,
ADD COLUMN     "lead_insight_id" UUID,
ADD COLUMN     "transcript_id" UUID,
ALTER COLUMN "insight_id" DROP NOT NULL,
ALTER COLUMN "n" DROP NOT NULL,
ALTER COLUMN "call_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "action_task_of_lead" ON "action_task"("account_id", "lead_insight_id", "position") WHERE (lead_insight_id is not null);

-- CreateIndex
CREATE INDEX "action_task_on_interaction" ON "action_task"("account_id", "interaction_id") WHERE (interaction_id is not null);

-- CreateIndex
CREATE INDEX "action_task_on_transcript" ON "action_task"("account_id", "transcript_id") WHERE (transcript_id is not null);

-- AddForeignKey
ALTER TABLE "action_task" ADD CONSTRAINT "action_task_account_id_lead_insight_id_fkey" FOREIGN KEY ("account_id", "lead_insight_id") REFERENCES "lead_insight"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_task" ADD CONSTRAINT "action_task_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_task" ADD CONSTRAINT "action_task_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: a task is of one plan.
ALTER TABLE "action_task" ADD CONSTRAINT "action_task_of_one_plan" CHECK (num_nonnulls(insight_id, lead_insight_id) = 1);
