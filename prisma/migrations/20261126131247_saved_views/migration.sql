-- CreateTable
CREATE TABLE "saved_view" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "made_by" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "saved_view_account_id_is_shared_name_id_idx" ON "saved_view"("account_id", "is_shared", "name", "id");

-- CreateIndex
CREATE INDEX "saved_view_account_id_made_by_name_id_idx" ON "saved_view"("account_id", "made_by", "name", "id");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
