// TrackingNumber.health through the API: counted from its own calls, within 30 days, and seen by those who may.
import { beforeAll, describe, expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const DAY_MS = 86_400_000;
const now = Date.now();

const HEALTH = `health { lastCallAt lastInboundEventAt callsLast30Days answeredShare shortShare
  spamShare carrierStatus checkedAt problems { kind description whatToDo } }`;

async function numbers(key?: string) {
  const answer = await town.answer(
    `{ phoneNumbers(order: { field: CREATED_AT, direction: ASC }) { nodes { id number status ${HEALTH} } } }`,
    {},
    key,
  );
  return answer.data.phoneNumbers.nodes;
}
const healthOf = async (number: string) =>
  (await numbers()).find((one: { number: string }) => one.number === number).health;

interface Story {
  from?: string | null;
  daysAgo: number;
  lasts: number;
  answered?: boolean;
  spam?: boolean;
}
/** Calls to a number as they stand when they have ended. */
async function haveEnded(tracker: { id: string; number: string }, stories: Story[]) {
  const { accountId, companyId } = town;
  const { id: trackerId } = await platform.db.prisma.tracker.findFirstOrThrow({
    where: { accountId, phoneNumbers: { some: { number: tracker.number } } },
  });
  for (const [n, story] of stories.entries()) {
    const { from = `+1305555${String(100 + n).padStart(4, '0')}`, daysAgo, lasts } = story;
    const id = newId();
    const startedAt = new Date(now - daysAgo * DAY_MS);
    const endedAt = new Date(startedAt.getTime() + lasts * 1_000);
    await platform.db.prisma.interaction.create({
      data: { accountId, id, kind: 'CALL', companyId, occurredAt: startedAt },
    });
    await platform.db.prisma.call.create({
      data: {
        ...{ accountId, id, companyId, trackerId, from, to: tracker.number, startedAt, endedAt },
        direction: 'INBOUND',
        state: 'ENDED',
        outcome: story.answered ? 'ANSWERED' : 'MISSED',
        answeredAt: story.answered ? startedAt : null,
        carrierSessionId: id,
        firstCall: true,
        priorCalls: 0,
        spam: story.spam ?? false,
        machine: {},
      },
    });
  }
}

const used = await town.tracker();
const quiet = await town.tracker();
/** they have been in service for a long while */
beforeAll(async () => {
  await platform.db.prisma.phoneNumber.updateMany({
    where: { accountId: town.accountId },
    data: { createdAt: new Date(now - 100 * DAY_MS) },
  });
});

describe('health', () => {
  it('counts the calls of 30 days, and what looks like spam among them', async () => {
    await haveEnded(used, [
      { daysAgo: 31, lasts: 60, answered: true },
      { daysAgo: 29, lasts: 15, answered: true },
      { daysAgo: 3, lasts: 60, answered: true, spam: true },
      { daysAgo: 3, lasts: 5, from: null },
      { daysAgo: 2, lasts: 5, from: '+12065550111' },
      { daysAgo: 2, lasts: 5, from: '+12065550111' },
      { daysAgo: 2, lasts: 5, from: '+12065550111' },
      { daysAgo: 1, lasts: 14, from: '+12065550112' },
    ]);
    const health = await healthOf(used.number);
    expect(health).toMatchObject({
      callsLast30Days: 7,
      answeredShare: 2 / 7,
      shortShare: 5 / 7,
      spamShare: 5 / 7,
      lastCallAt: new Date(now - DAY_MS).toISOString(),
    });
  });

  it('says of a number that nobody calls so, and what to do', async () => {
    expect(await healthOf(quiet.number)).toMatchObject({
      lastCallAt: null,
      callsLast30Days: 0,
      answeredShare: null,
    });
    const kinds = (await healthOf(quiet.number)).problems.map((p: { kind: string }) => p.kind);
    expect(kinds).toContain('NO_CALLS_30_DAYS');
    for (const problem of (await healthOf(quiet.number)).problems) {
      expect(problem.description).toMatch(/\.$/);
      expect(problem.whatToDo).toMatch(/\.$/);
    }
  });

  it('follows a real call, and the carrier’s word of one that was declined', async () => {
    const tracker = await town.tracker();
    const caller = town.caller();
    caller.dials(tracker, { hangUpAfterSeconds: 2 });
    const call = await town.endedCall(caller.from);
    const seen = await healthOf(tracker.number);
    expect(seen.callsLast30Days).toBe(1);
    expect(seen.lastInboundEventAt).toBe(seen.lastCallAt);
    expect(call.from).toBe(caller.from);
    await town.ask(
      'mutation($input: DisableTrackerInput!) { disableTracker(input: $input) { userErrors { code } } }',
      { input: { trackerId: tracker.id } },
    );
    const late = town.caller().dials(tracker);
    await town.until('the caller was hung up on', () => town.commands(late, 'hangup').at(0));
    const after = await healthOf(tracker.number);
    expect(after.callsLast30Days).toBe(1);
    expect(Date.parse(after.lastInboundEventAt)).toBeGreaterThan(Date.parse(after.lastCallAt));
  });

  it('tells what the carrier said when it was last asked', async () => {
    const { accountId } = town;
    const { id } = await platform.db.prisma.phoneNumber.findFirstOrThrow({
      where: { accountId, number: quiet.number },
    });
    expect(await healthOf(quiet.number)).toMatchObject({ checkedAt: null, carrierStatus: null });
    await checkNumber(platform, { accountId, phoneNumberId: id });
    const seen = await healthOf(quiet.number);
    expect(seen.carrierStatus).toBe('active');
    expect(Date.parse(seen.checkedAt)).toBeGreaterThanOrEqual(now);
  });

  it('is null for who may not read calls, and for numbers out of service', async () => {
    const rows = await numbers(await town.keyWith(['numbers:read']));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row: { health: unknown }) => row.health === null)).toBe(true);
    const stranger = await town.stranger();
    expect(await numbers(stranger.key)).toEqual([]);
  });
});
