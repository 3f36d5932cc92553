// Calls of a company that a model has judged, at telephones of it, and how its trend is asked for.
import type { CallPlan } from '#domains/calls/machine-state.ts';
import { copyRows, idOfCopy } from '#tests/support/copy-rows.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAssistDesk, READING } from './assist-desk.ts';

export const FRONT = '+13125550171';
export const WORKSHOP = '+13125550172';
const TREND = `query($companyId: ID!, $from: DateTime!, $before: DateTime!, $groupBy: CoachingGroupBy,
    $destinations: [PhoneNumber!]) {
  coachingTrend(companyId: $companyId, from: $from, before: $before, groupBy: $groupBy, destinations: $destinations) {
    week criterion rubricVersion destination met calls } }`;

/** A point of the week of 2 March. */
export const point = (destination: string | null, met: number, calls: number) => ({
  ...{ week: '2026-03-02', criterion: 'GREETING', rubricVersion: 0, destination, met, calls },
});

/** Opens the desk. Call it at the top of a test file. */
export async function openTrendDesk() {
  const desk = await openAssistDesk();
  const { prisma, pool } = desk.db;
  const settle = async () => {
    const people = await desk.settle();
    const { accountId } = people;
    await people.agree();
    /** A call of which the model says how far it met GREETING. */
    const call = async (met: number) => {
      const coaching = [{ ...READING.coaching[0], met }];
      desk.server.answers({ json: { ...READING, coaching } });
      const one = await people.write();
      await desk.draw(one);
      return one;
    };
    /** A call that was put through to this telephone, and answered there or by nobody. */
    const callTo = async (destination: string, met: number, isAnswered = true) => {
      const one = await call(met);
      await prisma.call.update({
        where: { accountId_id: { accountId, id: one.callId } },
        data: {
          machine: { plan: { destination } satisfies Partial<CallPlan> },
          answeredAt: isAnswered ? desk.clock.now(accountId) : null,
        },
      });
      return one;
    };
    /** The trend of March, or the code of a refusal. */
    const ask = async (more: object = {}, as: Viewer = people.viewer) => {
      const range = { from: '2026-03-01T00:00:00.000Z', before: '2026-04-01T00:00:00.000Z' };
      const companyId = encodeGlobalId('Company', people.companyId);
      const { data, errors } = await people.run(TREND, { companyId, ...range, ...more }, as);
      return errors ? errors[0].extensions.code : data.coachingTrend;
    };
    return { ...people, call, callTo, ask };
  };

  /** So many copies of a judged call, the n-th of them n minutes before it. @param machine SQL for the call's column */
  const copy = async (
    { accountId, callId, transcriptId }: Awaited<ReturnType<typeof desk.write>>,
    times: number,
    machine = 'o.machine',
  ) => {
    const of = (column: string, value: string) => ({
      ...{ where: `o.account_id = $2 and o.${column} = $3`, given: [accountId, value], times },
    });
    const as = (what: string) => idOfCopy(`${what} ${callId}`);
    const ids = { call_id: as('call'), recording_id: as('recording') };
    const run_id = as('run');
    const occurred_at = `o.occurred_at - n * interval '1 minute'`;
    await copyRows(pool, 'interaction', { id: ids.call_id, occurred_at }, of('id', callId));
    const call = { id: ids.call_id, carrier_session_id: `${ids.call_id}::text`, machine };
    await copyRows(pool, 'call', call, of('id', callId));
    const recording = { id: ids.recording_id, call_id: ids.call_id };
    await copyRows(pool, 'recording', recording, of('call_id', callId));
    const transcript = { ...ids, id: as('transcript') };
    await copyRows(pool, 'transcript', transcript, of('call_id', callId));
    const run = { id: run_id, transcript_id: transcript.id, key: `o.key || n` };
    await copyRows(pool, 'insight_run', run, of('transcript_id', transcriptId));
    const coaching = `o.account_id = $2 and o.kind = 'COACHING' and o.run_id =
      (select id from insight_run r where r.account_id = $2 and r.transcript_id = $3)`;
    await copyRows(
      pool,
      'insight',
      { id: as('insight'), run_id },
      {
        ...{ where: coaching, given: [accountId, transcriptId], times },
      },
    );
  };
  return { ...desk, settle, copy };
}
