-- CreateEnum
CREATE TYPE "automation_rule_state" AS ENUM ('ACTIVE', 'PAUSED');

-- CreateTable
CREATE TABLE "automation_rule" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "position" INTEGER NOT NULL,
    "state" "automation_rule_state" NOT NULL DEFAULT 'ACTIVE',
    "version" INTEGER NOT NULL DEFAULT 1,
    "definition_version" INTEGER NOT NULL DEFAULT 1,
    "triggers" TEXT[],
    "conditions" JSONB NOT NULL,
    "actions" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_rule_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "automation_rule_version" (
    "account_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "triggers" TEXT[],
    "conditions" JSONB NOT NULL,
    "actions" JSONB NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "automation_rule_version_pkey" PRIMARY KEY ("account_id","rule_id","definition_version")
);

-- CreateTable
CREATE TABLE "rule_judgement" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdicts" JSONB NOT NULL,

    CONSTRAINT "rule_judgement_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "rule_run" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "judgement_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcomes" JSONB NOT NULL,
    "points" INTEGER,
    "is_notice" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "rule_run_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "automation_rule_live" ON "automation_rule"("account_id", "position", "id") WHERE (deleted_at is null);

-- CreateIndex
CREATE INDEX "rule_judgement_account_id_interaction_id_at_id_idx" ON "rule_judgement"("account_id", "interaction_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_judgement_account_id_event_id_key" ON "rule_judgement"("account_id", "event_id");

-- CreateIndex
CREATE INDEX "rule_run_account_id_judgement_id_idx" ON "rule_run"("account_id", "judgement_id");

-- CreateIndex
CREATE INDEX "rule_run_account_id_rule_id_at_idx" ON "rule_run"("account_id", "rule_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "rule_run_once" ON "rule_run"("account_id", "interaction_id", "rule_id", "definition_version");

-- AddForeignKey
ALTER TABLE "automation_rule" ADD CONSTRAINT "automation_rule_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automation_rule_version" ADD CONSTRAINT "automation_rule_version_account_id_rule_id_fkey" FOREIGN KEY ("account_id", "rule_id") REFERENCES "automation_rule"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_judgement" ADD CONSTRAINT "rule_judgement_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_run" ADD CONSTRAINT "rule_run_account_id_judgement_id_fkey" FOREIGN KEY ("account_id", "judgement_id") REFERENCES "rule_judgement"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_run" ADD CONSTRAINT "rule_run_account_id_rule_id_fkey" FOREIGN KEY ("account_id", "rule_id") REFERENCES "automation_rule"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
