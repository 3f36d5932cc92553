-- CreateEnum
CREATE TYPE "lead_erasure_state" AS ENUM ('ERASING', 'ERASED');

-- AlterTable
ALTER TABLE "erasure" ADD COLUMN     "lead_erasure_id" UUID;

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "erasing_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "suppression" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "opted_out_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("account_id","company_id","hash")
);

-- CreateTable
CREATE TABLE "lead_erasure" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "state" "lead_erasure_state" NOT NULL DEFAULT 'ERASING',
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),
    "calls" INTEGER NOT NULL DEFAULT 0,
    "conversations" INTEGER NOT NULL DEFAULT 0,
    "chats" INTEGER NOT NULL DEFAULT 0,
    "forms" INTEGER NOT NULL DEFAULT 0,
    "recordings" INTEGER NOT NULL DEFAULT 0,
    "transcripts" INTEGER NOT NULL DEFAULT 0,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "files" INTEGER NOT NULL DEFAULT 0,
    "leads" INTEGER NOT NULL DEFAULT 0,
    "notes" INTEGER NOT NULL DEFAULT 0,
    "visits" INTEGER NOT NULL DEFAULT 0,
    "consent_entries" INTEGER NOT NULL DEFAULT 0,
    "carrier_events" INTEGER NOT NULL DEFAULT 0,
    "webhook_deliveries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "lead_erasure_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "lead_erasure_account_id_requested_at_id_idx" ON "lead_erasure"("account_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "lead_erasure_account_id_company_id_requested_at_id_idx" ON "lead_erasure"("account_id", "company_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "lead_erasure_open" ON "lead_erasure"("requested_at") WHERE (state = 'ERASING');

-- CreateIndex
CREATE UNIQUE INDEX "lead_erasure_account_id_lead_id_key" ON "lead_erasure"("account_id", "lead_id");

-- CreateIndex
CREATE INDEX "erasure_of_lead" ON "erasure"("account_id", "lead_erasure_id") WHERE (lead_erasure_id is not null);

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_account_id_lead_erasure_id_fkey" FOREIGN KEY ("account_id", "lead_erasure_id") REFERENCES "lead_erasure"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_erasure" ADD CONSTRAINT "lead_erasure_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
