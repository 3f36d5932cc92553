-- CreateEnum
CREATE TYPE "erasure_state" AS ENUM ('PENDING', 'COMPLETED');

-- CreateTable
CREATE TABLE "erased_session" (
    "account_id" UUID NOT NULL,
    "session" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_session_pkey" PRIMARY KEY ("account_id","session")
);

-- CreateTable
CREATE TABLE "erasure" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "state" "erasure_state" NOT NULL DEFAULT 'PENDING',
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "session" TEXT NOT NULL,
    "recording_ids" UUID[],
    "carrier_recording_ids" TEXT[],
    "recordings" INTEGER NOT NULL,
    "transcripts" INTEGER NOT NULL,
    "leads" INTEGER NOT NULL,
    "carrier_events" INTEGER NOT NULL,
    "webhook_deliveries" INTEGER NOT NULL,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "erasure_account_id_requested_at_id_idx" ON "erasure"("account_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "erasure_account_id_company_id_requested_at_id_idx" ON "erasure"("account_id", "company_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "erasure_pending" ON "erasure"("requested_at") WHERE (state = 'PENDING');

-- CreateIndex
CREATE UNIQUE INDEX "erasure_account_id_call_id_key" ON "erasure"("account_id", "call_id");

-- AddForeignKey
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
