-- CreateEnum
CREATE TYPE "agent_presence" AS ENUM ('OFFLINE', 'AVAILABLE', 'BUSY', 'WRAP_UP', 'AWAY');

-- CreateEnum
CREATE TYPE "consent_entry_kind" AS ENUM ('INBOUND', 'OPT_IN', 'OPT_OUT', 'OPT_OUT_REQUEST', 'REQUEST_DISMISSED');

-- CreateEnum
CREATE TYPE "consent_source" AS ENUM ('TEXT', 'FORM', 'VERBAL', 'EMAIL', 'IMPORT', 'API', 'REVIEW');

-- CreateTable
CREATE TABLE "agent" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "named_person" TEXT,
    "presence" "agent_presence" NOT NULL DEFAULT 'OFFLINE',
    "away_reason" TEXT,
    "presence_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_id" UUID,
    "device_id" TEXT,
    "seen_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "agent_usage" (
    "account_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "messages_sent" INTEGER NOT NULL DEFAULT 0,
    "messages_received" INTEGER NOT NULL DEFAULT 0,
    "warned_percent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "agent_usage_pkey" PRIMARY KEY ("account_id","agent_id","month")
);

-- CreateTable
CREATE TABLE "consent" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "opted_out_at" TIMESTAMPTZ(3),
    "opted_in_at" TIMESTAMPTZ(3),
    "last_inbound_at" TIMESTAMPTZ(3),
    "request_id" UUID,
    "requested_at" TIMESTAMPTZ(3),
    "hold_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "consent_entry" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "consent_id" UUID NOT NULL,
    "kind" "consent_entry_kind" NOT NULL,
    "source" "consent_source" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "message_id" UUID,
    "url" TEXT,
    "shown_text" TEXT,
    "ip_address" TEXT,
    "reference" TEXT,

    CONSTRAINT "consent_entry_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "agent_account_id_seated_at_id_idx" ON "agent"("account_id", "seated_at", "id");

-- CreateIndex
CREATE INDEX "agent_lease" ON "agent"("account_id", "seen_at") WHERE (lease_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "agent_account_id_user_id_key" ON "agent"("account_id", "user_id");

-- CreateIndex
CREATE INDEX "consent_account_id_changed_at_id_idx" ON "consent"("account_id", "changed_at", "id");

-- CreateIndex
CREATE INDEX "consent_account_id_company_id_changed_at_id_idx" ON "consent"("account_id", "company_id", "changed_at", "id");

-- CreateIndex
CREATE INDEX "consent_account_id_number_idx" ON "consent"("account_id", "number");

-- CreateIndex
CREATE INDEX "consent_request" ON "consent"("account_id", "requested_at", "id") WHERE (request_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "consent_account_id_company_id_number_key" ON "consent"("account_id", "company_id", "number");

-- CreateIndex
CREATE INDEX "consent_entry_account_id_consent_id_at_id_idx" ON "consent_entry"("account_id", "consent_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_entry_account_id_message_id_key" ON "consent_entry"("account_id", "message_id");

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_usage" ADD CONSTRAINT "agent_usage_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_entry" ADD CONSTRAINT "consent_entry_account_id_consent_id_fkey" FOREIGN KEY ("account_id", "consent_id") REFERENCES "consent"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: the ledger only grows. An erasure says so for its own transaction: set local switchboard.erasing.
CREATE FUNCTION keep_consent_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('switchboard.erasing', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'consent_entry is append-only: write another entry instead';
END $$;

CREATE TRIGGER "consent_entry_append_only" BEFORE UPDATE OR DELETE ON "consent_entry"
  FOR EACH ROW EXECUTE FUNCTION keep_consent_entries();
CREATE TRIGGER "consent_entry_not_truncated" BEFORE TRUNCATE ON "consent_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_consent_entries();
