-- CreateEnum
CREATE TYPE "device_class" AS ENUM ('DESKTOP', 'MOBILE', 'TABLET');

-- CreateTable
CREATE TABLE "site" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "publishable_key" TEXT NOT NULL,
    "previous_key" TEXT,
    "previous_key_until" TIMESTAMPTZ(3),
    "domains" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "cookie_days" INTEGER NOT NULL DEFAULT 90,
    "paid_click_overrides" BOOLEAN NOT NULL DEFAULT false,
    "landing_override_parameter" TEXT,
    "custom_cookies" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "last_seen_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateTable
CREATE TABLE "site_day" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "denied_visits" INTEGER NOT NULL,

    CONSTRAINT "site_day_pkey" PRIMARY KEY ("account_id","company_id","day")
);

-- CreateTable
CREATE TABLE "visitor" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visitor_pkey" PRIMARY KEY ("account_id","company_id","id")
);

-- CreateTable
CREATE TABLE "visitor_session" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "visitor_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "source_name" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "term" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "click_ids" JSONB NOT NULL DEFAULT '{}',
    "rule_id" TEXT NOT NULL,
    "landing_url" TEXT NOT NULL,
    "referrer" TEXT NOT NULL,
    "device" "device_class" NOT NULL,
    "custom_cookies" JSONB NOT NULL DEFAULT '{}',
    "sets_source" BOOLEAN NOT NULL,
    "leases" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visitor_session_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "page_view" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT NOT NULL,
    "referrer" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "page_view_pkey" PRIMARY KEY ("account_id","company_id","id")
);

-- CreateTable
CREATE TABLE "number_pool" (
    "account_id" UUID NOT NULL,
    "tracker_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "numbers_key" TEXT NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "level" INTEGER NOT NULL DEFAULT 0,
    "exhausted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "number_pool_pkey" PRIMARY KEY ("account_id","tracker_id")
);

-- CreateTable
CREATE TABLE "pool_hour" (
    "account_id" UUID NOT NULL,
    "tracker_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "arrivals" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "pool_hour_pkey" PRIMARY KEY ("account_id","tracker_id","hour")
);

-- CreateTable
CREATE TABLE "pool_number" (
    "account_id" UUID NOT NULL,
    "phone_number_id" UUID NOT NULL,
    "tracker_id" UUID NOT NULL,
    "leased_until" TIMESTAMPTZ(3) NOT NULL,
    "is_held" BOOLEAN NOT NULL DEFAULT false,
    "lease_id" UUID,
    "session_id" UUID,
    "visitor_id" UUID,

    CONSTRAINT "pool_number_pkey" PRIMARY KEY ("account_id","phone_number_id")
);

-- CreateTable
CREATE TABLE "number_lease" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tracker_id" UUID NOT NULL,
    "phone_number_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "leased_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "is_overflow" BOOLEAN NOT NULL DEFAULT false,
    "tel_clicked_at" TIMESTAMPTZ(3),

    CONSTRAINT "number_lease_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "site_publishable_key_key" ON "site"("publishable_key");

-- CreateIndex
CREATE UNIQUE INDEX "site_previous_key_key" ON "site"("previous_key");

-- CreateIndex
CREATE INDEX "site_day_account_id_day_idx" ON "site_day"("account_id", "day");

-- CreateIndex
CREATE INDEX "visitor_account_id_last_seen_at_idx" ON "visitor"("account_id", "last_seen_at");

-- CreateIndex
CREATE INDEX "visitor_session_account_id_company_id_visitor_id_started_at_idx" ON "visitor_session"("account_id", "company_id", "visitor_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "visitor_session_account_id_started_at_id_idx" ON "visitor_session"("account_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "visitor_session_account_id_company_id_started_at_id_idx" ON "visitor_session"("account_id", "company_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "visitor_session_account_id_source_id_idx" ON "visitor_session"("account_id", "source_id");

-- CreateIndex
CREATE INDEX "page_view_account_id_session_id_at_id_idx" ON "page_view"("account_id", "session_id", "at", "id");

-- CreateIndex
CREATE INDEX "page_view_account_id_at_idx" ON "page_view"("account_id", "at");

-- CreateIndex
CREATE INDEX "pool_hour_account_id_hour_idx" ON "pool_hour"("account_id", "hour");

-- CreateIndex
CREATE INDEX "pool_number_account_id_tracker_id_leased_until_phone_number_idx" ON "pool_number"("account_id", "tracker_id", "leased_until", "phone_number_id");

-- CreateIndex
CREATE INDEX "pool_number_account_id_tracker_id_visitor_id_idx" ON "pool_number"("account_id", "tracker_id", "visitor_id");

-- CreateIndex
CREATE INDEX "pool_number_account_id_session_id_idx" ON "pool_number"("account_id", "session_id");

-- CreateIndex
CREATE INDEX "pool_number_held" ON "pool_number"("account_id", "tracker_id", "leased_until") WHERE (is_held);

-- CreateIndex
CREATE INDEX "number_lease_account_id_phone_number_id_leased_at_idx" ON "number_lease"("account_id", "phone_number_id", "leased_at");

-- CreateIndex
CREATE INDEX "number_lease_account_id_session_id_idx" ON "number_lease"("account_id", "session_id");

-- CreateIndex
CREATE INDEX "number_lease_account_id_tracker_id_leased_at_idx" ON "number_lease"("account_id", "tracker_id", "leased_at");

-- AddForeignKey
ALTER TABLE "site" ADD CONSTRAINT "site_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "site_day" ADD CONSTRAINT "site_day_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor_session" ADD CONSTRAINT "visitor_session_account_id_company_id_visitor_id_fkey" FOREIGN KEY ("account_id", "company_id", "visitor_id") REFERENCES "visitor"("account_id", "company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitor_session" ADD CONSTRAINT "visitor_session_account_id_source_id_fkey" FOREIGN KEY ("account_id", "source_id") REFERENCES "source"("account_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_view" ADD CONSTRAINT "page_view_account_id_session_id_fkey" FOREIGN KEY ("account_id", "session_id") REFERENCES "visitor_session"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_pool" ADD CONSTRAINT "number_pool_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_hour" ADD CONSTRAINT "pool_hour_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "number_pool"("account_id", "tracker_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_number" ADD CONSTRAINT "pool_number_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "number_pool"("account_id", "tracker_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_number" ADD CONSTRAINT "pool_number_account_id_phone_number_id_fkey" FOREIGN KEY ("account_id", "phone_number_id") REFERENCES "phone_number"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_lease" ADD CONSTRAINT "number_lease_account_id_tracker_id_fkey" FOREIGN KEY ("account_id", "tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_lease" ADD CONSTRAINT "number_lease_account_id_phone_number_id_fkey" FOREIGN KEY ("account_id", "phone_number_id") REFERENCES "phone_number"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_lease" ADD CONSTRAINT "number_lease_account_id_session_id_fkey" FOREIGN KEY ("account_id", "session_id") REFERENCES "visitor_session"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
