-- CreateIndex
CREATE INDEX "report_bucket_by_size" ON "report_bucket"("account_id", "company_id", "kind", "cut", "span", "starts_at", "interactions" DESC, "word") WHERE (word <> ''::text AND tracker_id = '00000000-0000-0000-0000-000000000000'::uuid);

-- The sums that are kept from now on, out of those that were kept so far: weeks and months out of days, words of all
-- trackers out of those by tracker, and credit by source and by keyword out of that by both.
CREATE TEMP TABLE "sums_before" AS SELECT * FROM "report_bucket";
DELETE FROM "report_bucket";
INSERT INTO "report_bucket"
SELECT b.account_id, b.company_id, b.kind, c.cut::report_cut, s.span::report_span, s.starts_at,
       c.tracker_id, c.source_id, c.word,
       sum(b.interactions), sum(b.answered), sum(b.missed), sum(b.abandoned), sum(b.voicemails),
       sum(b.first_time), sum(b.leads), sum(b.good_leads), sum(b.duration_seconds), sum(b.value_cents)
  FROM "sums_before" b
 CROSS JOIN (VALUES ('00000000-0000-0000-0000-000000000000'::uuid)) none(id)
 CROSS JOIN LATERAL (
   SELECT b.cut::text AS cut, b.tracker_id, b.source_id, b.word WHERE b.cut IN ('ALL', 'TRACKER', 'SOURCE')
    UNION ALL
   SELECT b.cut::text, none.id, none.id, b.word WHERE b.cut IN ('KEYWORD', 'LANDING_PAGE', 'REFERRER')
    UNION ALL
   SELECT 'TRACKER_' || b.cut, b.tracker_id, none.id, b.word WHERE b.cut IN ('KEYWORD', 'LANDING_PAGE', 'REFERRER')
    UNION ALL
   SELECT b.cut::text, none.id, b.source_id, ''
    WHERE b.cut NOT IN ('ALL', 'TRACKER', 'SOURCE', 'KEYWORD', 'LANDING_PAGE', 'REFERRER')
    UNION ALL
   SELECT b.cut || '_KEYWORD', none.id, none.id, b.word
    WHERE b.cut NOT IN ('ALL', 'TRACKER', 'SOURCE', 'KEYWORD', 'LANDING_PAGE', 'REFERRER')) c
 CROSS JOIN LATERAL (
   SELECT b.span::text AS span, b.starts_at
    UNION ALL
   SELECT 'WEEK', date_trunc('week', b.starts_at, 'UTC') WHERE b.span = 'DAY'
    UNION ALL
   SELECT 'MONTH', date_trunc('month', b.starts_at, 'UTC') WHERE b.span = 'DAY') s
 GROUP BY b.account_id, b.company_id, b.kind, c.cut, s.span, s.starts_at, c.tracker_id, c.source_id, c.word;
DROP TABLE "sums_before";
