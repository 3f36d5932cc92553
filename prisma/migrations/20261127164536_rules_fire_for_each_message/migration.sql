-- DropIndex
DROP INDEX "rule_run_once";

-- AlterTable
ALTER TABLE "rule_judgement" ADD COLUMN     "message_id" UUID;

-- AlterTable
ALTER TABLE "rule_run" ADD COLUMN     "message_id" UUID;

-- CreateIndex, by hand NULLS NOT DISTINCT: without a message a rule still fires once for the interaction. What fired for texts
-- before names none, so it keeps no rule from firing for the next one.
CREATE UNIQUE INDEX "rule_run_once" ON "rule_run"("account_id", "interaction_id", "rule_id", "definition_version", "message_id") NULLS NOT DISTINCT;
