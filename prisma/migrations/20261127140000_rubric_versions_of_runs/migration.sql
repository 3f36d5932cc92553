-- AlterTable
ALTER TABLE "insight_run" ADD COLUMN     "rubric_version" INTEGER;
