-- CreateEnum
CREATE TYPE "registration_state" AS ENUM ('DRAFT', 'SUBMITTED', 'PENDING', 'APPROVED', 'REJECTED', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "campaign_assignment" AS ENUM ('NONE', 'PENDING', 'ASSIGNED', 'FAILED');

-- AlterTable
ALTER TABLE "phone_number" ADD COLUMN     "assignment" "campaign_assignment" NOT NULL DEFAULT 'NONE',
ADD COLUMN     "assignment_failure" TEXT,
ADD COLUMN     "carrier_campaign_id" TEXT,
ADD COLUMN     "carrier_profile_id" TEXT;

-- CreateTable
CREATE TABLE "messaging_profile" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "carrier_profile_id" TEXT,
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "messaging_profile_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateTable
CREATE TABLE "brand_registration" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "state" "registration_state" NOT NULL DEFAULT 'DRAFT',
    "details" JSONB NOT NULL,
    "submissions" INTEGER NOT NULL DEFAULT 0,
    "carrier_id" TEXT,
    "reason" TEXT,
    "check_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "brand_registration_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "campaign_registration" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "state" "registration_state" NOT NULL DEFAULT 'DRAFT',
    "details" JSONB NOT NULL,
    "submissions" INTEGER NOT NULL DEFAULT 0,
    "carrier_id" TEXT,
    "reason" TEXT,
    "check_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_registration_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "brand_registration_account_id_carrier_id_idx" ON "brand_registration"("account_id", "carrier_id");

-- CreateIndex
CREATE INDEX "brand_registration_to_check" ON "brand_registration"("check_at") WHERE (check_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "brand_registration_account_id_company_id_key" ON "brand_registration"("account_id", "company_id");

-- CreateIndex
CREATE INDEX "campaign_registration_account_id_carrier_id_idx" ON "campaign_registration"("account_id", "carrier_id");

-- CreateIndex
CREATE INDEX "campaign_registration_to_check" ON "campaign_registration"("check_at") WHERE (check_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "campaign_registration_account_id_company_id_key" ON "campaign_registration"("account_id", "company_id");

-- CreateIndex
CREATE INDEX "phone_number_in_service" ON "phone_number"("account_id", "company_id") WHERE (status = 'ACTIVE'::phone_number_status);

-- AddForeignKey
ALTER TABLE "messaging_profile" ADD CONSTRAINT "messaging_profile_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brand_registration" ADD CONSTRAINT "brand_registration_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_registration" ADD CONSTRAINT "campaign_registration_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
