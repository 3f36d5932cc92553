-- CreateTable
CREATE TABLE "agent_telephone" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "agent_telephone_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "agent_telephone_account_id_agent_id_idx" ON "agent_telephone"("account_id", "agent_id");

-- CreateIndex
CREATE INDEX "agent_telephone_account_id_number_since_idx" ON "agent_telephone"("account_id", "number", "since");

-- CreateIndex
CREATE UNIQUE INDEX "agent_telephone_now" ON "agent_telephone"("account_id", "number") WHERE (until is null);

-- AddForeignKey
ALTER TABLE "agent_telephone" ADD CONSTRAINT "agent_telephone_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
