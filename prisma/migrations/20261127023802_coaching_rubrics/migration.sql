-- CreateTable
CREATE TABLE "coaching_rubric" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "criteria" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "coaching_rubric_pkey" PRIMARY KEY ("account_id","company_id")
);

-- AddForeignKey
ALTER TABLE "coaching_rubric" ADD CONSTRAINT "coaching_rubric_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
