// What it costs to tell which rules fired for an interaction: its own runs, however many the account has.
import { expect, it } from 'vitest';
import { runsOfInteractions } from '#domains/automation/read-runs.ts';
import { copyRows, idOfCopy } from '#tests/support/copy-rows.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { pool } = desk.db;
const OTHERS = 5_000;

it('the runs of some interactions are read without those of all others', async () => {
  const { accountId, rule, endsCall, judge, viewer } = await desk.settle();
  await rule({});
  const [one, other] = [await endsCall(), await endsCall()];
  await judge(one.eventId);
  await judge(other.eventId);
  const of = (column: string) => ({
    ...{ where: `o.account_id = $2 and o.${column} = $3`, given: [accountId, one.callId] },
    times: OTHERS,
  });
  const interaction_id = idOfCopy('call');
  const judgement_id = idOfCopy('judgement');
  await copyRows(pool, 'interaction', { id: interaction_id }, of('id'));
  const judgement = { id: judgement_id, interaction_id, event_id: `'event ' || n` };
  await copyRows(pool, 'rule_judgement', judgement, of('interaction_id'));
  const run = { id: idOfCopy('run'), interaction_id, judgement_id };
  await copyRows(pool, 'rule_run', run, of('interaction_id'));
  await pool.query('vacuum analyze interaction, rule_judgement, rule_run');
  const counted = countingRows(pool);
  const db = { ...desk.db, pool: counted.pool };
  const runs = await runsOfInteractions({ db }, viewer, [one.callId, other.callId]);
  expect(runs.map((found) => found.length)).toEqual([1, 1]);
  expect(counted.statements()).toBe(1);
  expect(counted.rowsOf('rule_run')).toBeLessThan(10);
});
