-- AlterTable
ALTER TABLE "insight" ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "approved_version" INTEGER;
