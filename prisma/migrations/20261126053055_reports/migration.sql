-- CreateEnum
CREATE TYPE "report_span" AS ENUM ('QUARTER', 'HOUR', 'DAY');

-- CreateEnum
CREATE TYPE "report_cut" AS ENUM ('ALL', 'TRACKER', 'SOURCE', 'KEYWORD', 'LANDING_PAGE', 'REFERRER', 'EVERY_MODEL', 'FIRST_TOUCH', 'LAST_TOUCH', 'LEAD_CREATION', 'QUALIFIED', 'FIFTY_FIFTY', 'W_SHAPED', 'POSITION_BASED', 'LINEAR', 'TIME_DECAY');

-- CreateTable
CREATE TABLE "report_bucket" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" "interaction_kind" NOT NULL,
    "cut" "report_cut" NOT NULL,
    "span" "report_span" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "tracker_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "interactions" BIGINT NOT NULL,
    "answered" BIGINT NOT NULL,
    "missed" BIGINT NOT NULL,
    "abandoned" BIGINT NOT NULL,
    "voicemails" BIGINT NOT NULL,
    "first_time" BIGINT NOT NULL,
    "leads" BIGINT NOT NULL,
    "good_leads" BIGINT NOT NULL,
    "duration_seconds" BIGINT NOT NULL,
    "value_cents" DECIMAL(38,0) NOT NULL,

    CONSTRAINT "report_bucket_pkey" PRIMARY KEY ("account_id","company_id","kind","cut","span","starts_at","tracker_id","source_id","word")
);

-- CreateTable
CREATE TABLE "report_fact" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "lead_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "touches" INTEGER NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "report_fact_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "report_count" (
    "account_id" UUID NOT NULL,
    "reached" UUID,
    "counted_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_count_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE INDEX "report_fact_account_id_lead_id_occurred_at_idx" ON "report_fact"("account_id", "lead_id", "occurred_at");

-- CreateIndex
CREATE INDEX "report_fact_account_id_company_id_idx" ON "report_fact"("account_id", "company_id");

-- AddForeignKey
ALTER TABLE "report_bucket" ADD CONSTRAINT "report_bucket_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_fact" ADD CONSTRAINT "report_fact_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_count" ADD CONSTRAINT "report_count_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
