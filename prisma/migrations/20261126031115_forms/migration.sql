-- AlterEnum
ALTER TYPE "interaction_kind" ADD VALUE 'FORM';

-- CreateTable
CREATE TABLE "form_submission" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "form_id" TEXT NOT NULL,
    "form_name" TEXT NOT NULL,
    "form_action" TEXT NOT NULL,
    "page_url" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "session_id" UUID,
    "is_first" BOOLEAN NOT NULL,
    "spam_score" INTEGER NOT NULL,
    "spam_reasons" TEXT[],
    "text_hash" BYTEA,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_submission_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "form_setting" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "ignored_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "removing_since" TIMESTAMPTZ(3),

    CONSTRAINT "form_setting_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateIndex
CREATE INDEX "form_submission_account_id_company_id_id_idx" ON "form_submission"("account_id", "company_id", "id");

-- CreateIndex
CREATE INDEX "form_submission_account_id_company_id_text_hash_submitted_a_idx" ON "form_submission"("account_id", "company_id", "text_hash", "submitted_at");

-- AddForeignKey
ALTER TABLE "form_submission" ADD CONSTRAINT "form_submission_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_submission" ADD CONSTRAINT "form_submission_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_setting" ADD CONSTRAINT "form_setting_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
