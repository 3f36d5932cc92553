-- A form that looks like spam makes nobody a lead since the version before this one: everything is counted anew at the next
-- start, so that nobody who called later is counted twice.
UPDATE "report_count" SET "reached" = NULL, "counted_at" = NULL;

-- and such a form is nobody's first one
UPDATE "form_submission" SET "is_first" = false WHERE "is_first" AND "spam_score" >= 50;
