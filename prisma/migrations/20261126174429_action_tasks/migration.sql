-- CreateEnum
CREATE TYPE "task_owner" AS ENUM ('BUSINESS', 'CUSTOMER');

-- CreateTable
CREATE TABLE "action_task" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "insight_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "owner" "task_owner" NOT NULL,
    "due" TEXT,
    "due_on" DATE,
    "assignee_id" UUID,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "n" INTEGER NOT NULL,
    "from" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "action_task_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "action_task_account_id_insight_id_position_idx" ON "action_task"("account_id", "insight_id", "position");

-- AddForeignKey
ALTER TABLE "action_task" ADD CONSTRAINT "action_task_account_id_insight_id_fkey" FOREIGN KEY ("account_id", "insight_id") REFERENCES "insight"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
