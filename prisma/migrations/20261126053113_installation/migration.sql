-- CreateEnum
CREATE TYPE "site_scan_state" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "scanned_page_state" AS ENUM ('WAITING', 'READ', 'REDIRECTED', 'UNREAD');

-- CreateEnum
CREATE TYPE "printed_in" AS ENUM ('TEXT', 'TEL_LINK', 'SMS_LINK', 'ATTRIBUTE', 'JSON_LD');

-- CreateEnum
CREATE TYPE "sighting_kind" AS ENUM ('HOST', 'FOREIGN_HOST', 'TARGET', 'SCRIPT');

-- AlterTable
ALTER TABLE "site_day" ADD COLUMN     "foreign_visits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "old_key_visits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "target_visits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "unserved_visits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "visits" INTEGER NOT NULL DEFAULT 0;

-- of days before this, only visits without consent were counted
UPDATE "site_day" SET "visits" = "denied_visits";

-- CreateTable
CREATE TABLE "site_scan" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "max_pages" INTEGER NOT NULL,
    "state" "site_scan_state" NOT NULL DEFAULT 'WAITING',
    "failure" TEXT,
    "pages_found" INTEGER NOT NULL DEFAULT 0,
    "pages_read" INTEGER NOT NULL DEFAULT 0,
    "pages_unread" INTEGER NOT NULL DEFAULT 0,
    "is_cut" BOOLEAN NOT NULL DEFAULT false,
    "worked_ms" INTEGER NOT NULL DEFAULT 0,
    "requested_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "site_scan_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "scanned_page" (
    "account_id" UUID NOT NULL,
    "scan_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "state" "scanned_page_state" NOT NULL DEFAULT 'WAITING',
    "status" INTEGER,
    "problem" TEXT,
    "redirects_to" TEXT,
    "is_cut" BOOLEAN NOT NULL DEFAULT false,
    "script_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "script_origins" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "blocked_by" TEXT,

    CONSTRAINT "scanned_page_pkey" PRIMARY KEY ("account_id","scan_id","n")
);

-- CreateTable
CREATE TABLE "printed_number" (
    "account_id" UUID NOT NULL,
    "scan_id" UUID NOT NULL,
    "page_n" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "printed_in" "printed_in" NOT NULL,
    "written" TEXT NOT NULL,
    "times" INTEGER NOT NULL,
    "hidden" INTEGER NOT NULL,
    "opted_out" INTEGER NOT NULL,

    CONSTRAINT "printed_number_pkey" PRIMARY KEY ("account_id","scan_id","page_n","number","printed_in")
);

-- CreateTable
CREATE TABLE "site_sighting" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" "sighting_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "times" INTEGER NOT NULL,

    CONSTRAINT "site_sighting_pkey" PRIMARY KEY ("account_id","company_id","day","kind","value")
);

-- CreateIndex
CREATE INDEX "site_scan_account_id_created_at_id_idx" ON "site_scan"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "site_scan_account_id_company_id_created_at_id_idx" ON "site_scan"("account_id", "company_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "site_scan_under_way" ON "site_scan"("account_id", "company_id") WHERE (state = ANY (ARRAY['WAITING'::site_scan_state, 'RUNNING'::site_scan_state]));

-- CreateIndex
CREATE INDEX "scanned_page_waiting" ON "scanned_page"("account_id", "scan_id", "n") WHERE (state = 'WAITING'::scanned_page_state);

-- CreateIndex
CREATE UNIQUE INDEX "scanned_page_account_id_scan_id_url_key" ON "scanned_page"("account_id", "scan_id", "url");

-- CreateIndex
CREATE INDEX "printed_number_account_id_scan_id_number_page_n_idx" ON "printed_number"("account_id", "scan_id", "number", "page_n");

-- CreateIndex
CREATE INDEX "site_sighting_account_id_day_idx" ON "site_sighting"("account_id", "day");

-- AddForeignKey
ALTER TABLE "site_scan" ADD CONSTRAINT "site_scan_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scanned_page" ADD CONSTRAINT "scanned_page_account_id_scan_id_fkey" FOREIGN KEY ("account_id", "scan_id") REFERENCES "site_scan"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "printed_number" ADD CONSTRAINT "printed_number_account_id_scan_id_page_n_fkey" FOREIGN KEY ("account_id", "scan_id", "page_n") REFERENCES "scanned_page"("account_id", "scan_id", "n") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "site_sighting" ADD CONSTRAINT "site_sighting_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
