-- AlterTable
ALTER TABLE "carrier_event" ADD COLUMN     "next_try_at" TIMESTAMPTZ(3);
