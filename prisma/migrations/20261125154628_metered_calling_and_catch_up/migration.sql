-- AlterTable
ALTER TABLE "account" ADD COLUMN     "metered_calling" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "carrier_catch_up" (
    "account_id" UUID NOT NULL,
    "heard_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_catch_up_pkey" PRIMARY KEY ("account_id")
);
