-- CreateEnum
CREATE TYPE "alert_calls" AS ENUM ('NONE', 'ALL', 'FIRST_CALL', 'MISSED_AND_VOICEMAIL', 'VOICEMAIL_ONLY');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('PENDING', 'HELD', 'SENT', 'DROPPED');

-- CreateTable
CREATE TABLE "alert_rule" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID,
    "tracker_id" UUID,
    "user_id" UUID,
    "email" TEXT,
    "calls" "alert_calls" NOT NULL,
    "channels" TEXT[],
    "maker" TEXT NOT NULL,
    "maker_scopes" TEXT[],
    "unsubscribed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "alert" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "state" "alert_state" NOT NULL DEFAULT 'PENDING',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "address_hash" BYTEA,
    "mail_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "alert_rule_account_id_created_at_id_idx" ON "alert_rule"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "alert_rule_account_id_company_id_idx" ON "alert_rule"("account_id", "company_id");

-- CreateIndex
CREATE INDEX "alert_rule_account_id_tracker_id_idx" ON "alert_rule"("account_id", "tracker_id");

-- CreateIndex
CREATE INDEX "alert_rule_account_id_user_id_idx" ON "alert_rule"("account_id", "user_id");

-- CreateIndex
CREATE INDEX "alert_account_id_address_hash_mail_at_idx" ON "alert"("account_id", "address_hash", "mail_at");

-- CreateIndex
CREATE INDEX "alert_account_id_at_idx" ON "alert"("account_id", "at");

-- CreateIndex
CREATE INDEX "alert_held" ON "alert"("account_id", "due_at") WHERE (state = 'HELD'::alert_state);

-- CreateIndex
CREATE INDEX "alert_held_for" ON "alert"("account_id", "address_hash", "id") WHERE (state = 'HELD'::alert_state);

-- CreateIndex
CREATE UNIQUE INDEX "alert_account_id_rule_id_occasion_key" ON "alert"("account_id", "rule_id", "occasion");

-- AddForeignKey
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "membership"("account_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_account_id_rule_id_fkey" FOREIGN KEY ("account_id", "rule_id") REFERENCES "alert_rule"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
