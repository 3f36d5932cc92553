// Judgements are kept as long as the events that they were made of; what fired, and why, for as long as its interaction.
import { expect, it } from 'vitest';
import { purgeJudgementsHandler } from '#domains/automation/purge-judgements.ts';
import { readConfig } from '#platform/config/index.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const job = { id: '1', attempt: 1, signal: new AbortController().signal };
const slice = { ...desk, config: { ...readConfig({}), EVENT_MONTHS: 3 } };
const purge = () => purgeJudgementsHandler(slice).run({}, job);
const DAY_MS = 86_400_000;
const ANSWERED = { about: 'OUTCOME', values: ['ANSWERED'] };
const isNot = true;

it('what fired stays, with why; what did not goes, and each is looked at once', async () => {
  const { accountId, rule, endsCall, judge, explain, call } = await desk.settle();
  await rule({ name: 'Missed', conditions: [{ ...ANSWERED, isNot }] });
  await rule({ name: 'Long', conditions: [{ about: 'DURATION_SECONDS', minSeconds: 60 }] });
  const [long, short] = [await endsCall({ seconds: 90 }), await endsCall({ seconds: 20 })];
  await judge(long.eventId);
  await judge(short.eventId);
  expect(await explain(long.id)).toHaveLength(2);
  const before = (await call(long.id)).ruleRuns;

  desk.clock.advance(80 * DAY_MS);
  const fresh = await endsCall({ seconds: 20 });
  await judge(fresh.eventId);
  expect(await purge()).toBe('purged 0');
  desk.clock.advance(20 * DAY_MS);
  await purge();

  expect((await call(long.id)).ruleRuns).toEqual(before);
  expect(before[0].conditions).toMatchObject([{ isMet: true, actual: '90 s' }]);
  expect(await explain(long.id)).toMatchObject([{ ruleName: 'Long', outcome: 'FIRED' }]);
  expect(await explain(short.id)).toEqual([]);
  expect(await explain(fresh.id)).toHaveLength(2);
  expect(await prisma.ruleJudgement.count({ where: { accountId } })).toBe(2);
  expect(await judge(long.eventId)).toBe('already-done');
  expect(await purge()).toBe('purged 0');
});

it('goes through more than one portion, and leaves other accounts their time', async () => {
  const { accountId, rule, endsCall, judge } = await desk.settle();
  await rule({ conditions: [{ ...ANSWERED, isNot }] });
  const { callId, eventId } = await endsCall();
  await judge(eventId);
  const [one] = await prisma.ruleJudgement.findMany({ where: { accountId } });
  const { isReduced: _, verdicts, ...row } = one as NonNullable<typeof one>;
  await prisma.ruleJudgement.createMany({
    data: Array.from({ length: 700 }, (_, n) => ({
      ...{ ...row, verdicts: verdicts as never, interactionId: callId },
      ...{ id: crypto.randomUUID(), eventId: `${eventId}-${n}` },
    })),
  });
  const { accountId: other, ...others } = await desk.settle();
  desk.clock.advance(100 * DAY_MS);
  await others.rule({ conditions: [{ ...ANSWERED, isNot }] });
  await others.judge((await others.endsCall()).eventId);
  await purge();
  expect(await prisma.ruleJudgement.count({ where: { accountId } })).toBe(0);
  expect(await prisma.ruleJudgement.count({ where: { accountId: other } })).toBe(1);
  expect(await purge()).toBe('purged 0');
});
