-- Since when a rule counts: the transaction that made it, let it go on or had it say something else. Those that are there
-- count for every event, as before.
ALTER TABLE "automation_rule" ADD COLUMN     "since_epoch" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "since_xid" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "automation_rule" ALTER COLUMN "since_epoch" SET DEFAULT current_event_epoch(),
ALTER COLUMN "since_xid" SET DEFAULT ((pg_current_xact_id())::text)::bigint;
