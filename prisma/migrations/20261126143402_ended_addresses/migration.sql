-- CreateTable
CREATE TABLE "ended_address" (
    "account_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ended_address_pkey" PRIMARY KEY ("account_id","hash")
);

-- AddForeignKey
ALTER TABLE "ended_address" ADD CONSTRAINT "ended_address_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
