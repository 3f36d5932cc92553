-- CreateEnum
CREATE TYPE "webhook_endpoint_state" AS ENUM ('ACTIVE', 'PAUSED');

-- CreateEnum
CREATE TYPE "webhook_pause_reason" AS ENUM ('FAILING', 'GONE', 'RIGHTS_LOST', 'SELECTION_INVALID');

-- CreateEnum
CREATE TYPE "webhook_delivery_state" AS ENUM ('PENDING', 'DELIVERED', 'FAILED');

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "event_types" TEXT[],
    "all_companies" BOOLEAN NOT NULL,
    "company_ids" UUID[],
    "query" TEXT,
    "state" "webhook_endpoint_state" NOT NULL DEFAULT 'ACTIVE',
    "pause_reason" "webhook_pause_reason",
    "paused_at" TIMESTAMPTZ(3),
    "owner" TEXT NOT NULL,
    "owner_scopes" TEXT[],
    "sealed_secret" TEXT NOT NULL,
    "previous_sealed_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "hold_until" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "claimed_by" INTEGER,
    "claims" INTEGER NOT NULL DEFAULT 0,
    "since" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_type" TEXT,
    "subject" TEXT,
    "state" "webhook_delivery_state" NOT NULL DEFAULT 'PENDING',
    "failure" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "erased_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "replayed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "webhook_body" (
    "account_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "webhook_body_pkey" PRIMARY KEY ("account_id","delivery_id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "account_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "failure" TEXT,
    "response" TEXT,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("account_id","delivery_id","n")
);

-- CreateIndex
CREATE INDEX "webhook_endpoint_due" ON "webhook_endpoint"("due_at") WHERE (due_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "webhook_endpoint_claimed" ON "webhook_endpoint"("claimed_by") WHERE (claimed_by IS NOT NULL);

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_created_at_id_idx" ON "webhook_delivery"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_state_created_at_id_idx" ON "webhook_delivery"("account_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_endpoint_id_created_at_id_idx" ON "webhook_delivery"("account_id", "endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_endpoint_id_state_created_at_id_idx" ON "webhook_delivery"("account_id", "endpoint_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_subject_idx" ON "webhook_delivery"("account_id", "subject");

-- CreateIndex
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery"("account_id", "endpoint_id", "due_at", "id") WHERE (state = 'PENDING');

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_account_id_endpoint_id_event_id_key" ON "webhook_delivery"("account_id", "endpoint_id", "event_id");

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_account_id_endpoint_id_fkey" FOREIGN KEY ("account_id", "endpoint_id") REFERENCES "webhook_endpoint"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_body" ADD CONSTRAINT "webhook_body_account_id_delivery_id_fkey" FOREIGN KEY ("account_id", "delivery_id") REFERENCES "webhook_delivery"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_account_id_delivery_id_fkey" FOREIGN KEY ("account_id", "delivery_id") REFERENCES "webhook_delivery"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
