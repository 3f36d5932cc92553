-- CreateTable
CREATE TABLE "message_limit" (
    "account_id" UUID NOT NULL,
    "agent_in_month" INTEGER,
    "inbound_percent" INTEGER,
    "ratio_from" INTEGER,
    "earliest_hour" INTEGER,
    "latest_hour" INTEGER,
    "same_people_in_hour" INTEGER,
    "same_people_in_day" INTEGER,
    "agent_in_minute" INTEGER,
    "account_in_hour" INTEGER,
    "account_in_day" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "message_limit_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "message_limit" ADD CONSTRAINT "message_limit_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
