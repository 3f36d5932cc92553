-- AlterTable
ALTER TABLE "account" ADD COLUMN     "texts_to_territories" BOOLEAN NOT NULL DEFAULT false;
