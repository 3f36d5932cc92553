-- CreateTable
CREATE TABLE "source_rule" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "conditions" JSONB NOT NULL,
    "name" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "campaign" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_rule_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "source_rule_account_id_company_id_position_id_idx" ON "source_rule"("account_id", "company_id", "position", "id");

-- AddForeignKey
ALTER TABLE "source_rule" ADD CONSTRAINT "source_rule_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
