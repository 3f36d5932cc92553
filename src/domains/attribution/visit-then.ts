// What an interaction shows of how its person came: by one rule with its source, as a piece of SQL.
import { SOURCE_SESSION } from '#domains/visitors/index.ts';
import { sqlPart } from '#platform/db/index.ts';

/** of one person, the newest that came by a click */
const MOST_CLICKS = 100;

/**
 * Of a session s that an interaction i was put down to: what ad networks added to the links by which the person came until
 * then, by this browser or another that is known to be theirs; of each name the newest. Networks are told of the interaction
 * by these, so a click counts also where another source came first (product.md 4.2).
 */
const CLICKS = sqlPart`
  select coalesce(jsonb_object_agg(one.name, one.value order by c.started_at, c.id), '{}')
    from (select f.started_at, f.id, f.click_ids from visitor_session f
           where f.account_id = s.account_id and f.company_id = s.company_id
             and f.visitor_id = any(s.visitor_id || array(
               select k.visitor_id from lead_visitor k
                where k.account_id = s.account_id and k.lead_id = i.lead_id))
             and f.started_at <= greatest(i.occurred_at, s.started_at) and f.click_ids <> '{}'
           order by f.started_at desc, f.id desc limit ${MOST_CLICKS}) c
   cross join lateral jsonb_each_text(c.click_ids) one(name, value)`;

/**
 * Of an attribution a of an interaction i: { landingUrl, referrer, term } of the visit that its source was taken from, each
 * null where that is not kept, and { clickIds }. Null without a visit that is kept.
 */
export const VISIT_THEN = sqlPart`(
  select jsonb_build_object('landingUrl', g.landing_url, 'referrer', g.referrer, 'term', g.term, 'clickIds', (${CLICKS}))
    from visitor_session s
    left join visitor_session g on g.account_id = s.account_id and g.id = ${SOURCE_SESSION}
   where s.account_id = a.account_id and s.id = a.session_id)`;

/** Of an attribution a: the same of the visit that was told with a form, where the form came with one. */
export const VISIT_TOLD = sqlPart`(
  select jsonb_build_object('landingUrl', f.landing_url, 'referrer', f.referrer, 'term', f.term, 'clickIds', f.click_ids)
    from form_submission f
   where f.account_id = a.account_id and f.id = a.id and a.basis = 'SOURCE_TOLD')`;
