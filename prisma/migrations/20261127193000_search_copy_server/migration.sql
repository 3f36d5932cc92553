-- AlterTable
ALTER TABLE "search_copy" ADD COLUMN     "server_digest" TEXT;
