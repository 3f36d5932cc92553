// Saved views of the inbox: named filters, kept for oneself or shared, seen by who sees their companies, counted live.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTextsDesk } from '#tests/domains/messages/texts-desk.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const desk = await openTextsDesk();
const { prisma } = desk.db;
const FIELDS = `id name isShared version filter { kinds companyIds trackerIds tags leadStatuses states
  assigneeIds isMine isUnassigned isUnread isOverdue }`;
const VIEW = `savedView { ${FIELDS} }`;

async function settle() {
  const people = await desk.settle(2);
  const { accountId, companyId, otherCompanyId, viewer } = people;
  const member = async (role: Role, companyIds: string[] | null = null): Promise<Viewer> => {
    const id = randomUUID();
    const createdAt = desk.clock.now(accountId);
    await prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Sam', createdAt } });
    const all = { allCompanies: companyIds === null, companyIds: companyIds ?? [] };
    await prisma.membership.create({ data: { accountId, userId: id, role, createdAt, ...all } });
    return { ...viewer, role, actor: { kind: 'user', id }, companyIds };
  };
  const [sam, kim] = [await member('AGENT'), await member('MANAGER')];
  const [kept, elsewhere] = [
    await member('MANAGER', [companyId]),
    await member('MANAGER', [otherCompanyId]),
  ];
  const save = (as: Viewer, name: string, filter: object, more: object = {}) =>
    desk.change(as, 'createSavedView', { name, filter, ...more }, VIEW);
  const views = async (as: Viewer) =>
    (await desk.ask(as, `{ savedViews { ${FIELDS} } }`)).savedViews as {
      id: string;
      name: string;
    }[];
  const names = async (as: Viewer) => (await views(as)).map(({ name }) => name);
  const inbox = async (as: Viewer, savedViewId: string, filter: object | null = null) => {
    const source = `query($id: ID!, $filter: InboxFilter) { inbox(savedViewId: $id, filter: $filter) {
      totalCount nodes { id } } inboxCounts { views(savedViewIds: [$id]) { count } } }`;
    const answer = await desk.ask(as, source, { id: savedViewId, filter });
    const { totalCount, nodes } = answer.inbox;
    expect(totalCount).toBe(nodes.length);
    if (!filter) expect(answer.inboxCounts.views).toEqual([{ count: totalCount }]);
    return answer.inbox.nodes.map(({ id }: { id: string }) => id) as string[];
  };
  const User = (as: Viewer) => encodeGlobalId('User', as.actor.id);
  const [Company, Other] = [companyId, otherCompanyId].map((id) => encodeGlobalId('Company', id));
  return { ...people, sam, kim, kept, elsewhere, save, views, names, inbox, User, Company, Other };
}

it('leave what their filter says, alone and with another filter, and are counted', async () => {
  const { sam, save, inbox, texts, trackers, conversations, viewer, User } = await settle();
  const [one, two] = trackers;
  await texts('Hello', { from: '+13125550161', to: one?.number ?? '' });
  await texts('Hi', { from: '+13125550162', to: two?.number ?? '' });
  const of = async (id = '') =>
    (await conversations({ trackerIds: [encodeGlobalId('Tracker', id)] }))[0].id as string;
  const [first, second] = [await of(one?.id), await of(two?.id)];
  const tag = { conversationId: first, tags: ['urgent'], leadStatus: 'GOOD_LEAD' };
  await desk.change(viewer, 'updateConversation', tag, '');
  const hand = { interactionIds: [second], assigneeId: User(sam) };
  await desk.change(viewer, 'assignInteractions', hand, '');
  const seen = { interactionIds: [first], isRead: true };
  await desk.change(sam, 'markInteractionsRead', seen, '');
  const Tracker = encodeGlobalId('Tracker', two?.id ?? '');
  const cases: [filter: object, fits: string[]][] = [
    [{}, [second, first]],
    [{ kinds: ['CONVERSATION'] }, [second, first]],
    [{ kinds: ['CALL', 'FORM', 'CHAT'] }, []],
    [{ trackerIds: [Tracker] }, [second]],
    [{ tags: ['urgent', 'none'] }, [first]],
    [{ leadStatuses: ['NOT_SCORED'] }, [second]],
    [{ assigneeIds: [User(sam)] }, [second]],
    [{ isMine: true }, [second]],
    [{ isMine: false }, [first]],
    [{ isUnassigned: true, states: ['ACTIVE'] }, [first]],
    [{ isUnread: true }, [second]],
    [{ isUnread: false }, [first]],
    [{ isOverdue: true }, []],
    [{ states: ['SNOOZED', 'REVIEWED'] }, []],
  ];
  for (const [n, [filter, fits]] of cases.entries()) {
    const { savedView, userErrors } = await save(sam, `View ${n}`, filter);
    expect(userErrors).toEqual([]);
    expect(savedView.filter).toMatchObject(filter);
    expect(await inbox(sam, savedView.id), JSON.stringify(filter)).toEqual(fits);
    if (n > 1) continue;
    expect(await inbox(sam, savedView.id, { tags: ['urgent'] })).toEqual([first]);
  }
});

it('are their maker’s, or shared by who may with those who see their companies', async () => {
  const { sam, kim, kept, elsewhere, viewer, save, names, inbox, Company, Other } = await settle();
  await save(sam, 'Own', { isMine: true });
  expect(await names(sam)).toEqual(['Own']);
  expect(await names(kim)).toEqual([]);
  await expect(save(sam, 'No', {}, { isShared: true })).rejects.toThrow(/role/);
  const shared = (await save(kim, 'All', { isOverdue: true }, { isShared: true })).savedView;
  const about = { companyIds: [Company] };
  const ours = (await save(kept, 'Ours', about, { isShared: true })).savedView;
  expect(await names(sam)).toEqual(['All', 'Ours', 'Own']);
  expect(await names(elsewhere)).toEqual(['All']);
  await expect(inbox(elsewhere, ours.id)).rejects.toThrow(/SavedView/);
  // who is kept to a company shares what names it
  await expect(save(kept, 'Wide', {}, { isShared: true })).rejects.toThrow(/compan/);
  for (const companyIds of [[Other], [Company, Other]]) {
    const { userErrors } = await save(kept, 'Theirs', { companyIds });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['filter', 'companyIds'] }]);
  }
  const change = (as: Viewer, input: object) => desk.change(as, 'updateSavedView', input, VIEW);
  await expect(change(sam, { savedViewId: shared.id, name: 'Mine' })).rejects.toThrow(/role/);
  const theirs = await change(elsewhere, { savedViewId: ours.id, name: 'Mine' });
  expect(theirs.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const named = await change(kim, { savedViewId: ours.id, name: 'Ours alone', expectedVersion: 1 });
  expect(named.savedView).toMatchObject({ name: 'Ours alone', version: 2 });
  const stale = await change(kim, { savedViewId: ours.id, name: 'Late', expectedVersion: 1 });
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  // what is shared no more is its maker's again
  expect((await change(kim, { savedViewId: ours.id, isShared: false })).savedView).toBeNull();
  expect(await names(kept)).toEqual(['All', 'Ours alone']);
  expect(await names(kim)).toEqual(['All']);
  const own = (await save(kim, 'Kims', {})).savedView;
  const none = await desk.change(sam, 'deleteSavedView', { savedViewId: own.id }, '');
  expect(none.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const gone = await desk.change(
    kim,
    'deleteSavedView',
    { savedViewId: own.id },
    'deletedSavedViewId',
  );
  expect(gone).toMatchObject({ deletedSavedViewId: own.id, userErrors: [] });
  // a key has no inbox of its own
  const key: Viewer = { ...viewer, actor: { kind: 'key', id: randomUUID() } };
  const { userErrors } = await save(key, 'Of a key', {}, { isShared: false });
  expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['isShared'] }]);
  expect((await save(key, 'Of a key', {})).savedView).toMatchObject({ isShared: true });
});

it('are bounded, named once for one idempotencyKey, and made of what is there', async () => {
  const { sam, kim, save, trackers, Company, accountId, views } = await settle();
  await save(kim, 'Twice', {}, { idempotencyKey: 'once' });
  const again = await save(kim, 'Twice', {}, { idempotencyKey: 'once' });
  expect((await views(kim)).filter(({ name }) => name === 'Twice')).toMatchObject([
    { id: again.savedView.id },
  ]);
  const Tracker = encodeGlobalId('Tracker', trackers[0]?.id ?? '');
  const shared = await save(kim, 'Tracker', { trackerIds: [Tracker] }, { isShared: true });
  expect(shared.userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['filter', 'companyIds'] },
  ]);
  const told = { trackerIds: [Tracker], companyIds: [Company] };
  expect((await save(kim, 'Tracker', told, { isShared: true })).userErrors).toEqual([]);
  for (const [field, type] of [
    ['trackerIds', 'Tracker'],
    ['assigneeIds', 'User'],
    ['companyIds', 'Company'],
  ] as const) {
    const { userErrors } = await save(sam, 'No', { [field]: [encodeGlobalId(type, randomUUID())] });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['filter', field] }]);
  }
  for (const name of [' ', 'x'.repeat(101)]) {
    expect((await save(sam, name, {})).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  }
  const madeBy = `user:${sam.actor.id}`;
  const has = await prisma.savedView.count({ where: { accountId, madeBy } });
  await prisma.savedView.createMany({
    data: Array.from({ length: 49 - has }, (_, n) => ({
      ...{ accountId, id: randomUUID(), madeBy, isShared: false, name: `More ${n}` },
      ...{ filter: {}, createdAt: desk.clock.now(accountId) },
    })),
  });
  const tries = await Promise.all([1, 2, 3].map((n) => save(sam, `Last ${n}`, {})));
  const codes = tries.flatMap(({ userErrors }) => userErrors.map((e: { code: string }) => e.code));
  expect(codes).toEqual(['LIMIT_REACHED', 'LIMIT_REACHED']);
});

it('are counted with the inbox, each for who asks', async () => {
  const { sam, kim, save, texts, conversations, User, viewer } = await settle();
  const mine = (await save(kim, 'Mine', { isMine: true }, { isShared: true })).savedView;
  const own = (await save(kim, 'Own', {})).savedView;
  const counts = async (as: Viewer) => {
    const source =
      'query($ids: [ID!]!) { inboxCounts { active views(savedViewIds: $ids) { savedView { name } count } } }';
    return (await desk.ask(as, source, { ids: [mine.id, own.id] })).inboxCounts;
  };
  await texts('Hello', { from: '+13125550163' });
  const [{ id }] = await conversations();
  const hand = { interactionIds: [id], assigneeId: User(sam) };
  await desk.change(viewer, 'assignInteractions', hand, '');
  expect(await counts(sam)).toEqual({
    active: 1,
    views: [{ savedView: { name: 'Mine' }, count: 1 }],
  });
  expect(await counts(kim)).toEqual({
    active: 1,
    views: [
      { savedView: { name: 'Mine' }, count: 0 },
      { savedView: { name: 'Own' }, count: 1 },
    ],
  });
  await expect(
    desk.ask(kim, 'query($ids: [ID!]!) { inboxCounts { views(savedViewIds: $ids) { count } } }', {
      ids: Array.from({ length: 11 }, () => own.id),
    }),
  ).rejects.toThrow(/at most 10/);
});
