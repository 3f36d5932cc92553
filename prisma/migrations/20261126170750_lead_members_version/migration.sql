-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "members_version" INTEGER NOT NULL DEFAULT 0;
