-- CreateIndex
CREATE INDEX "report_fact_many_sided" ON "report_fact"("account_id", "company_id", "occurred_at", "id") WHERE (fact @@ '$.touches[*].sourceId != $.touches[0].sourceId || $.touches[*].keyword != $.touches[0].keyword'::jsonpath) OR NOT (((fact -> 'credits'::text) -> 'LEAD_CREATION'::text) @> '[1000000]'::jsonb);
