-- CreateTable
CREATE TABLE "push_subscription" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "endpoint_hash" BYTEA NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "push_subscription_account_id_user_id_created_at_id_idx" ON "push_subscription"("account_id", "user_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "push_subscription_account_id_endpoint_hash_key" ON "push_subscription"("account_id", "endpoint_hash");

-- AddForeignKey
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "membership"("account_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
