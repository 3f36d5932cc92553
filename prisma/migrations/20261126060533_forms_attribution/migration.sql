-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "attribution_basis" ADD VALUE 'SESSION_KNOWN';
ALTER TYPE "attribution_basis" ADD VALUE 'SOURCE_TOLD';
ALTER TYPE "attribution_basis" ADD VALUE 'UNKNOWN';

-- CreateTable
CREATE TABLE "visitor_claim" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "visitor_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visitor_claim_pkey" PRIMARY KEY ("account_id","company_id","visitor_id","hash")
);

-- CreateIndex
CREATE INDEX "visitor_claim_account_id_company_id_hash_claimed_at_idx" ON "visitor_claim"("account_id", "company_id", "hash", "claimed_at");

-- AddForeignKey
ALTER TABLE "visitor_claim" ADD CONSTRAINT "visitor_claim_account_id_company_id_visitor_id_fkey" FOREIGN KEY ("account_id", "company_id", "visitor_id") REFERENCES "visitor"("account_id", "company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
