-- CreateEnum
CREATE TYPE "pool_overflow" AS ENUM ('FIRST_NUMBER', 'ORIGINAL_NUMBER');

-- DropIndex
DROP INDEX "phone_number_account_id_tracker_id_idx";

-- AlterTable
ALTER TABLE "tracker" ADD COLUMN     "match" JSONB,
ADD COLUMN     "overflow" "pool_overflow",
ADD COLUMN     "pool_match" JSONB,
ADD COLUMN     "swap_targets" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Until now a tracker's number was shown on no site: a site that begins to show numbers is not to show these to everybody.
UPDATE "tracker" SET "match" = '{"kind": "OFFLINE"}' WHERE "type" = 'SOURCE';

-- CreateIndex
CREATE INDEX "phone_number_account_id_tracker_id_created_at_id_idx" ON "phone_number"("account_id", "tracker_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "phone_number_shown" ON "phone_number"("account_id", "tracker_id", "created_at", "id") WHERE (status = 'ACTIVE'::phone_number_status AND release_at IS NULL);

-- CreateIndex
CREATE INDEX "tracker_in_service" ON "tracker"("account_id", "company_id") WHERE (status = 'ACTIVE'::tracker_status);

-- CreateIndex
CREATE INDEX "tracker_account_id_destination_idx" ON "tracker"("account_id", "destination");
