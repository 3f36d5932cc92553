// The inbox: interactions are moved, put off and handed on; what was put off comes back and what nobody answered is told.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { keepInboxHandler } from '#domains/interactions/index.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const ledger = await openLedger();
const { prisma } = ledger.db;
const HOUR = 3_600_000;
const keep = () =>
  keepInboxHandler(ledger).run({}, { signal: new AbortController().signal } as never);

async function settle() {
  const town = await ledger.settle();
  const { accountId, viewer } = town;
  const member = async (companyIds: string[] | null = null): Promise<Viewer> => {
    const id = randomUUID();
    const createdAt = ledger.clock.now(accountId);
    await prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Sam', createdAt } });
    const all = { allCompanies: companyIds === null, companyIds: companyIds ?? [] };
    await prisma.membership.create({
      data: { accountId, userId: id, role: 'AGENT', createdAt, ...all },
    });
    return { ...viewer, role: 'AGENT', actor: { kind: 'user', id }, companyIds };
  };
  const run = async (name: string, input: object, as?: Viewer) => {
    const Input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await town.ask(
      `mutation($input: ${Input}!) { ${name}(input: $input) { userErrors { code field } } }`,
      { input },
      as,
    );
    return answer[name].userErrors;
  };
  const list = async (filter: object = {}, as?: Viewer) => {
    const { inbox } = await town.ask(
      `query($filter: InboxFilter) { inbox(filter: $filter, order: { field: OCCURRED_AT, direction: ASC }) {
        totalCount nodes { id inbox { state isRead isOverdue snoozedUntil assignee { id } } } } }`,
      { filter },
      as,
    );
    expect(inbox.totalCount).toBe(inbox.nodes.length);
    return inbox.nodes;
  };
  const idsOf = async (filter: object, as?: Viewer) =>
    (await list(filter, as)).map(({ id }: { id: string }) => id);
  const counts = async (as?: Viewer) =>
    (await town.ask('{ inboxCounts { active unread mine unassigned snoozed overdue } }', {}, as))
      .inboxCounts;
  const Call = async (at: string) => encodeGlobalId('Call', await town.call({ at, leadId: null }));
  const [first, second] = [await Call('2026-03-02T10:00:00Z'), await Call('2026-03-02T11:00:00Z')];
  return { ...town, member, run, list, idsOf, counts, first, second };
}

it('is moved through by hand, with who takes care of what and who has seen it', async () => {
  const { member, run, idsOf, counts, list, first, second, otherCompanyId, told } = await settle();
  const [sam, kim, elsewhere] = [await member(), await member(), await member([otherCompanyId])];
  const User = (viewer: Viewer) => encodeGlobalId('User', viewer.actor.id);
  expect(await idsOf({ states: ['ACTIVE'] }, sam)).toEqual([first, second]);
  expect(await idsOf({}, elsewhere)).toEqual([]);

  expect(await run('markInteractionsRead', { interactionIds: [first], isRead: true }, sam)).toEqual(
    [],
  );
  expect(await idsOf({ isUnread: true }, sam)).toEqual([second]);
  expect(await idsOf({ isUnread: true }, kim)).toEqual([first, second]);
  await run('markInteractionsRead', { interactionIds: [first], isRead: false }, sam);
  expect(await idsOf({ isUnread: true }, sam)).toEqual([first, second]);

  const hand = { interactionIds: [first], assigneeId: User(kim) };
  expect(await run('assignInteractions', hand, sam)).toEqual([]);
  expect(await run('assignInteractions', { ...hand, assigneeId: User(elsewhere) }, sam)).toEqual([
    { code: 'NOT_FOUND', field: ['assigneeId'] },
  ]);
  expect(await idsOf({ assigneeIds: [User(kim)] }, sam)).toEqual([first]);
  expect(await idsOf({ isUnassigned: true }, sam)).toEqual([second]);
  await run('moveInteractions', { interactionIds: [second], state: 'REVIEWED' }, sam);
  await run('moveInteractions', { interactionIds: [second], state: 'REVIEWED' }, sam);
  expect(await counts(kim)).toEqual({
    ...{ active: 1, unread: 1, mine: 1, unassigned: 0, snoozed: 0, overdue: 0 },
  });
  expect((await list({ states: ['REVIEWED'] }, sam))[0]).toMatchObject({ id: second });
  const subject = `call:${Buffer.from(second, 'base64url').toString().slice(5)}`;
  expect(
    (await told(subject)).map(({ payload }) => (payload as { changes: string[] }).changes),
  ).toEqual([['inbox']]);
});

it('what was put off comes back when its time has come, and is told of once', async () => {
  const { accountId, run, idsOf, list, first, counts } = await settle();
  const now = ledger.clock.now(accountId).getTime();
  const put = (until: number | null, state = 'SNOOZED') =>
    run('moveInteractions', {
      ...{ interactionIds: [first], state },
      snoozedUntil: until === null ? null : new Date(until).toISOString(),
    });
  for (const refused of [
    await put(null),
    await put(now),
    await put(now + 367 * 24 * HOUR),
    await put(now + 1, 'ACTIVE'),
  ]) {
    expect(refused).toEqual([{ code: 'INVALID_INPUT', field: ['snoozedUntil'] }]);
  }
  expect(await put(now + HOUR)).toEqual([]);
  expect((await counts()).snoozed).toBe(1);
  ledger.clock.advance(HOUR - 1);
  expect(await keep()).toBe('back 0, overdue 0');
  ledger.clock.advance(1);
  expect(await keep()).toBe('back 1, overdue 0');
  expect(await keep()).toBe('back 0, overdue 0');
  expect(await idsOf({ states: ['SNOOZED'] })).toEqual([]);
  expect((await list({ states: ['ACTIVE'] }))[0]).toMatchObject({
    id: first,
    inbox: { snoozedUntil: null },
  });
});

it('a lead is put off as a whole, and what arrives later is active', async () => {
  const { accountId, run, idsOf, lead, call, viewer, otherCompanyId, told } = await settle();
  const now = ledger.clock.now(accountId).getTime();
  const leadId = await lead();
  const calls = (at: number) => call({ at: new Date(at).toISOString(), leadId });
  const ids = [await calls(now - 3 * HOUR), await calls(now - 2 * HOUR), await calls(now - HOUR)];
  const [oldest, older, newest] = ids.map((id) => encodeGlobalId('Call', id));
  await run('moveInteractions', { interactionIds: [oldest], state: 'REVIEWED' });
  const Lead = encodeGlobalId('Lead', leadId);
  const put = (until: number | null, state = 'SNOOZED', as: Viewer = viewer) => {
    const snoozedUntil = until && new Date(until).toISOString();
    return run('moveLead', { leadId: Lead, state, snoozedUntil }, as);
  };
  expect(await put(now)).toEqual([{ code: 'INVALID_INPUT', field: ['snoozedUntil'] }]);
  for (const _ of [1, 2]) expect(await put(now + HOUR)).toEqual([]);
  expect(await idsOf({ states: ['SNOOZED'] })).toEqual([older, newest]);
  expect(await idsOf({ states: ['REVIEWED'] })).toEqual([oldest]);
  expect(await told(`call:${ids[2]}`)).toHaveLength(1);
  const later = encodeGlobalId('Call', await calls(now));
  expect(await idsOf({ states: ['ACTIVE'] })).toContain(later);
  const elsewhere: Viewer = { ...viewer, companyIds: [otherCompanyId] };
  expect(await put(null, 'ACTIVE', elsewhere)).toEqual([{ code: 'NOT_FOUND', field: ['leadId'] }]);
  expect(await put(null, 'ACTIVE')).toEqual([]);
  expect(await idsOf({ states: ['SNOOZED'] })).toEqual([]);
  expect(await put(null, 'REVIEWED')).toEqual([]);
  expect(await idsOf({ states: ['REVIEWED'] })).toEqual([oldest, older, newest, later]);

  const merged = await lead();
  await prisma.lead.update({
    where: { accountId_id: { accountId, id: merged } },
    data: { mergedIntoId: leadId },
  });
  const wrong = { leadId: encodeGlobalId('Lead', merged), state: 'ACTIVE' };
  expect(await run('moveLead', wrong)).toEqual([{ code: 'WRONG_STATE', field: ['leadId'] }]);
});

it('tells what nobody answered in time, and no more once it is reviewed', async () => {
  const { accountId, companyId, run, idsOf, arrives, counts } = await settle();
  const company = { companyId: encodeGlobalId('Company', companyId) };
  for (const answerWithinMinutes of [0, 10_081]) {
    expect(await run('updateInboxSettings', { ...company, answerWithinMinutes })).toEqual([
      { code: 'INVALID_INPUT', field: ['answerWithinMinutes'] },
    ]);
  }
  await run('updateInboxSettings', { ...company, answerWithinMinutes: 30 });
  const stale = { ...company, answerWithinMinutes: 5, expectedVersion: 9 };
  expect(await run('updateInboxSettings', stale)).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const { id } = await arrives('+14155550134');
  const key = { accountId_id: { accountId, id } };
  // as a form has it when it arrives
  const answerDueAt = new Date(ledger.clock.now(accountId).getTime() + HOUR / 2);
  await prisma.interaction.update({ where: key, data: { answerDueAt } });
  ledger.clock.advance(HOUR / 2);
  expect((await counts()).overdue).toBe(1);
  expect(await keep()).toBe('back 0, overdue 1');
  expect(await keep()).toBe('back 0, overdue 0');
  await run('moveInteractions', {
    interactionIds: [encodeGlobalId('Call', id)],
    state: 'REVIEWED',
  });
  expect(await idsOf({ isOverdue: true })).toEqual([]);
  expect((await counts()).overdue).toBe(0);
});

it('refuses what is no interaction, others’ and keys’ read marks, all or none', async () => {
  const { run, first, viewer, idsOf } = await settle();
  const theirs = (await settle()).first;
  const move = { state: 'REVIEWED' };
  const lead = encodeGlobalId('Lead', randomUUID());
  expect(await run('moveInteractions', { ...move, interactionIds: [first, theirs] })).toEqual([
    { code: 'NOT_FOUND', field: ['interactionIds'] },
  ]);
  expect(await run('moveInteractions', { ...move, interactionIds: [lead] })).toEqual([
    { code: 'INVALID_INPUT', field: ['interactionIds'] },
  ]);
  expect(await run('moveInteractions', { ...move, interactionIds: [] })).toMatchObject([
    { code: 'INVALID_INPUT' },
  ]);
  expect(await idsOf({ states: ['REVIEWED'] })).toEqual([]);
  const key: Viewer = { ...viewer, actor: { kind: 'key', id: randomUUID() } };
  await expect(
    run('markInteractionsRead', { interactionIds: [first], isRead: true }, key),
  ).rejects.toThrow(/person/);
});

it('an account that cannot be kept stops no other', async () => {
  const [broken, other] = [await settle(), await settle()];
  const snoozedUntil = new Date(ledger.clock.now('').getTime() + HOUR).toISOString();
  for (const { run, first } of [broken, other]) {
    const put = { interactionIds: [first], state: 'SNOOZED', snoozedUntil };
    expect(await run('moveInteractions', put)).toEqual([]);
  }
  ledger.clock.advance(2 * HOUR);
  const events = {
    ...ledger.events,
    lock: (...given: Parameters<typeof ledger.events.lock>) =>
      given[1] === broken.accountId
        ? Promise.reject(new Error('statement timeout'))
        : ledger.events.lock(...given),
  };
  const job = { signal: new AbortController().signal } as never;
  await expect(keepInboxHandler({ ...ledger, events }).run({}, job)).rejects.toThrow(/^1 of /);
  expect((await other.counts()).snoozed).toBe(0);
  expect((await broken.counts()).snoozed).toBe(1);
  expect(await keep()).toBe('back 1, overdue 0');
});
