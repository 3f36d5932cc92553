-- AlterTable
ALTER TABLE "message" ADD COLUMN     "handed_at" TIMESTAMPTZ(3);
