-- AlterTable
ALTER TABLE "visitor_session" ADD COLUMN     "rules_version" TEXT;
