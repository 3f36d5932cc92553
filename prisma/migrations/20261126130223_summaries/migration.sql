-- CreateEnum
CREATE TYPE "summary_frequency" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY');

-- CreateTable
CREATE TABLE "summary_rule" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID,
    "user_id" UUID,
    "email" TEXT,
    "frequency" "summary_frequency" NOT NULL,
    "hour" INTEGER NOT NULL,
    "maker" TEXT NOT NULL,
    "maker_scopes" TEXT[],
    "unsubscribed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "told_until" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "summary_rule_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "summary_rule_account_id_created_at_id_idx" ON "summary_rule"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "summary_rule_account_id_company_id_idx" ON "summary_rule"("account_id", "company_id");

-- CreateIndex
CREATE INDEX "summary_rule_account_id_user_id_idx" ON "summary_rule"("account_id", "user_id");

-- CreateIndex
CREATE INDEX "summary_rule_due" ON "summary_rule"("account_id", "due_at") WHERE (due_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "summary_rule" ADD CONSTRAINT "summary_rule_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_rule" ADD CONSTRAINT "summary_rule_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summary_rule" ADD CONSTRAINT "summary_rule_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "membership"("account_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
