-- CreateEnum
CREATE TYPE "model_request_purpose" AS ENUM ('CALL_INSIGHTS', 'LEAD_INSIGHTS');

-- AlterTable
ALTER TABLE "model_request" ADD COLUMN     "purpose" "model_request_purpose";

-- CreateIndex
CREATE INDEX "model_request_account_id_company_id_at_idx" ON "model_request"("account_id", "company_id", "at");
