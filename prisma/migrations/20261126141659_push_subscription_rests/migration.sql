-- AlterTable
ALTER TABLE "push_subscription" ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rests_until" TIMESTAMPTZ(3);
