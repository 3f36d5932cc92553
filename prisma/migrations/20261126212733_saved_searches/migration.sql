-- AlterTable
ALTER TABLE "transcript" ADD COLUMN     "searched_edits" INTEGER;

-- CreateTable
CREATE TABLE "saved_search" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "made_by" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("account_id","id")
);

-- AddForeignKey
ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
