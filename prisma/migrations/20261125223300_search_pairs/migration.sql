-- AlterTable
ALTER TABLE "search_document" ADD COLUMN "pairs" INTEGER[];

-- CreateIndex
CREATE INDEX "search_document_pairs_idx" ON "search_document" USING GIN ("pairs")
-- Written by hand: without a list of pending entries, which every search would have to read through.
WITH (fastupdate = off);
