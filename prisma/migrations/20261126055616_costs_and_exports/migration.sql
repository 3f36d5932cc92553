-- CreateEnum
CREATE TYPE "export_kind" AS ENUM ('CALLS', 'FORMS', 'LEADS', 'ATTRIBUTION');

-- CreateEnum
CREATE TYPE "export_format" AS ENUM ('CSV', 'JSONL');

-- CreateEnum
CREATE TYPE "export_state" AS ENUM ('PENDING', 'RUNNING', 'READY', 'FAILED', 'EXPIRED');

-- CreateTable
CREATE TABLE "cost_import" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "row_count" INTEGER NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_by" TEXT NOT NULL,

    CONSTRAINT "cost_import_pkey" PRIMARY KEY ("account_id","company_id","key")
);

-- CreateTable
CREATE TABLE "cost_row" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "import_key" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "keyword" TEXT NOT NULL,
    "amount_cents" BIGINT NOT NULL,

    CONSTRAINT "cost_row_pkey" PRIMARY KEY ("account_id","company_id","import_key","n")
);

-- CreateTable
CREATE TABLE "export" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "export_kind" NOT NULL,
    "format" "export_format" NOT NULL,
    "state" "export_state" NOT NULL DEFAULT 'PENDING',
    "failure" TEXT,
    "wish" JSONB NOT NULL,
    "all_companies" BOOLEAN NOT NULL,
    "company_ids" UUID[],
    "requested_by" TEXT NOT NULL,
    "scopes" TEXT[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "size_bytes" BIGINT,
    "sha256" BYTEA,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "export_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "cost_row_account_id_company_id_day_idx" ON "cost_row"("account_id", "company_id", "day");

-- CreateIndex
CREATE INDEX "export_account_id_requested_at_id_idx" ON "export"("account_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "export_to_purge" ON "export"("expires_at") WHERE (state <> 'EXPIRED'::export_state);

-- AddForeignKey
ALTER TABLE "cost_import" ADD CONSTRAINT "cost_import_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_row" ADD CONSTRAINT "cost_row_account_id_company_id_import_key_fkey" FOREIGN KEY ("account_id", "company_id", "import_key") REFERENCES "cost_import"("account_id", "company_id", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export" ADD CONSTRAINT "export_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
