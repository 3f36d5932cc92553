// Whether calls become better: means by week and criterion, of the last reading of each call, without what was hidden.
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAssistDesk, READING } from './assist-desk.ts';

const desk = await openAssistDesk();
const TREND = `query($companyId: ID!, $from: DateTime!, $before: DateTime!) {
  coachingTrend(companyId: $companyId, from: $from, before: $before) { week criterion met calls } }`;

it('the trend of a company tells how far each criterion was met, week by week', async () => {
  const { agree, write, read, review, run, companyId, viewer, otherCompanyId } =
    await desk.settle();
  await agree();
  const call = async (met: number) => {
    const coaching = [{ ...READING.coaching[0], met }];
    desk.server.answers({ json: { ...READING, coaching } });
    const one = await write();
    await desk.draw(one);
    return one;
  };
  const ask = async (as: Viewer = viewer, before = '2026-04-01T00:00:00.000Z') => {
    const range = { from: '2026-03-01T00:00:00.000Z', before };
    const variables = { companyId: encodeGlobalId('Company', companyId), ...range };
    const { data, errors } = await run(TREND, variables, as);
    return errors ? errors[0].extensions.code : data.coachingTrend;
  };
  await call(1);
  await call(0.5);
  // Sunday evening in Chicago, Monday in UTC
  desk.clock.set(new Date('2026-03-09T03:00:00.000Z'));
  const hidden = await call(0);
  desk.clock.set(new Date('2026-03-10T15:00:00.000Z'));
  await call(0.25);
  const { insights } = await read(hidden.callId);
  const { id } = insights.find(({ kind }: { kind: string }) => kind === 'COACHING');
  const first = { week: '2026-03-02', criterion: 'GREETING' };
  const second = { week: '2026-03-09', criterion: 'GREETING', met: 0.25, calls: 1 };
  expect(await ask()).toEqual([{ ...first, met: 0.5, calls: 3 }, second]);
  await review({ insightId: id, hidden: true });
  expect(await ask()).toEqual([{ ...first, met: 0.75, calls: 2 }, second]);
  expect(await ask({ ...viewer, companyIds: [otherCompanyId] })).toBe('FORBIDDEN');
  expect(await ask({ ...viewer, scopes: ['calls:read'] })).toBe('FORBIDDEN');
  expect(await ask((await desk.settle()).viewer)).toEqual([]);
  expect(await ask(viewer, '2026-02-01T00:00:00.000Z')).toBe('BAD_INPUT');
});
