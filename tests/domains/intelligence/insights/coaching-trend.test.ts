// Whether calls become better: means by week and criterion, of the last reading of each call, without what was hidden, of
// all calls or of those that were answered at a telephone. What many calls cost: coaching-trend-cost.test.ts.
import { beforeEach, expect, it } from 'vitest';
import { updateRubric } from '#domains/intelligence/rubrics/update-rubric.ts';
import { FRONT, openTrendDesk, point, WORKSHOP } from './trend-desk.ts';

const desk = await openTrendDesk();
let people: Awaited<ReturnType<typeof desk.settle>>;
beforeEach(async () => {
  people = await desk.settle();
});

it('the trend of a company tells how far each criterion was met, week by week', async () => {
  const { ask, call, read, review, viewer, otherCompanyId } = people;
  desk.clock.set(new Date('2026-03-02T15:00:00.000Z'));
  await call(1);
  await call(0.5);
  // Sunday evening in Chicago, Monday in UTC
  desk.clock.set(new Date('2026-03-09T03:00:00.000Z'));
  const hidden = await call(0);
  desk.clock.set(new Date('2026-03-10T15:00:00.000Z'));
  await call(0.25);
  const { insights } = await read(hidden.callId);
  const { id } = insights.find(({ kind }: { kind: string }) => kind === 'COACHING');
  const second = { ...point(null, 0.25, 1), week: '2026-03-09' };
  expect(await ask()).toEqual([point(null, 0.5, 3), second]);
  await review({ insightId: id, hidden: true });
  expect(await ask()).toEqual([point(null, 0.75, 2), second]);
  expect(await ask({}, { ...viewer, companyIds: [otherCompanyId] })).toBe('FORBIDDEN');
  expect(await ask({}, { ...viewer, scopes: ['calls:read'] })).toBe('FORBIDDEN');
  expect(await ask({}, (await desk.settle()).viewer)).toEqual([]);
  expect(await ask({ before: '2026-02-01T00:00:00.000Z' })).toBe('BAD_INPUT');
});

it('calls that were judged by another version of the rubric are told apart', async () => {
  const { ask, call, viewer, companyId } = people;
  desk.clock.set(new Date('2026-03-03T15:00:00.000Z'));
  const old = await call(1);
  const criteria = [{ key: 'GREETING', question: 'Did they name themselves, too?' }];
  await updateRubric(desk, viewer, { companyId, criteria });
  await call(0);
  await call(0.5);
  const asked = { ...point(null, 0.25, 2), rubricVersion: 1 };
  expect(await ask()).toEqual([point(null, 1, 1), asked]);
  // one from before it was noted
  const where = { transcriptId: old.transcriptId };
  await desk.db.prisma.insightRun.updateMany({ where, data: { rubricVersion: null } });
  expect(await ask()).toEqual([asked, { ...point(null, 1, 1), rubricVersion: null }]);
});

it('calls are told apart by the telephone that answered, or kept to some', async () => {
  const { ask, callTo } = people;
  desk.clock.set(new Date('2026-03-03T15:00:00.000Z'));
  await callTo(FRONT, 1);
  await callTo(FRONT, 0.5);
  await callTo(WORKSHOP, 0.25);
  // its message was written down, but nobody answered there
  await callTo(WORKSHOP, 0, false);
  expect(await ask()).toEqual([point(null, 0.4375, 4)]);
  const groupBy = 'DESTINATION';
  expect(await ask({ groupBy })).toEqual([
    ...[point(FRONT, 0.75, 2), point(WORKSHOP, 0.25, 1), point(null, 0, 1)],
  ]);
  expect(await ask({ groupBy, destinations: [WORKSHOP, '+13125550199'] })).toEqual([
    point(WORKSHOP, 0.25, 1),
  ]);
  expect(await ask({ destinations: [FRONT, WORKSHOP] })).toEqual([point(null, 1.75 / 3, 3)]);
  expect(await ask({ destinations: [] })).toEqual([]);
});

it('telephones are shown to those who may see trackers, and not too many at once', async () => {
  const { ask, callTo } = people;
  desk.clock.set(new Date('2026-03-03T15:00:00.000Z'));
  const one = await callTo(FRONT, 1);
  const unseeing = { ...people.viewer, scopes: ['transcripts:read' as const] };
  expect(await ask({}, unseeing)).toEqual([point(null, 1, 1)]);
  expect(await ask({ groupBy: 'DESTINATION' }, unseeing)).toBe('FORBIDDEN');
  expect(await ask({ destinations: [FRONT] }, unseeing)).toBe('FORBIDDEN');
  const many = Array.from({ length: 51 }, (_, n) => `+13125550${110 + n}`);
  expect(await ask({ destinations: many })).toBe('BAD_INPUT');
  const plan = `jsonb_build_object('plan', jsonb_build_object('destination', '+13125550' || 110 + n))`;
  await desk.copy(one, 60, plan);
  await callTo('+13125550170', 0);
  // of 61 telephones there is most to tell of the one with two calls
  const shown = await ask({ groupBy: 'DESTINATION' });
  expect(shown).toHaveLength(50);
  expect(shown.at(-1)).toEqual(point('+13125550170', 0.5, 2));
});
