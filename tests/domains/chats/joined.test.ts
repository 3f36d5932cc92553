// A chat that people have judged before it was known whose it is: the judgement counts for whoever it turns out to be.
import { expect, it } from 'vitest';
import { decodeGlobalId } from '#values/global-id.ts';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();
const { change } = desk;

const leadOf = (accountId: string) =>
  desk.db.prisma.lead.findFirstOrThrow({ where: { accountId } });

it('a good chat makes its visitor a good lead, once they say who they are', async () => {
  const { visitor, chats, viewer, accountId, person } = await desk.settle();
  const [ada, later] = [visitor(), visitor({ person: { email: 'ada@example.com' } })];
  await ada.opens('A new door, please.');
  const [{ id: chatId }] = await chats();
  const mark = { chatId, leadStatus: 'GOOD_LEAD', valueCents: 120_000 };
  await change(viewer, 'updateChat', mark, 'chat { leadStatus }');
  desk.clock.advance(60_000);
  // the same person by another chat, which is known to be theirs
  await later.opens('Hello again');
  expect(await leadOf(accountId)).toMatchObject({ status: 'NOT_SCORED', qualifiedAt: null });
  await ada.sends('tell', { person: { email: 'Ada@example.com' } });
  const lead = await leadOf(accountId);
  const good = String(decodeGlobalId(chatId)?.id);
  const { goodSince } = await desk.db.prisma.interaction.findFirstOrThrow({ where: { id: good } });
  expect(lead).toMatchObject({
    ...{ status: 'GOOD_LEAD', goodInteractionId: good, qualifiedAt: goodSince },
  });
  const statuses = (await chats()).map(({ id, leadStatus }: { id: string; leadStatus: string }) => [
    id === chatId,
    leadStatus,
  ]);
  expect(new Map(statuses)).toEqual(
    new Map<boolean, string>([
      [true, 'GOOD_LEAD'],
      [false, 'PREVIOUSLY_MARKED_GOOD_LEAD'],
    ]),
  );
  const told = await desk.db.prisma.$queryRawUnsafe<{ type: string; payload: object }[]>(
    'select type, payload from event where account_id = $1::uuid and subject like $2 order by subject_version',
    ...[accountId, 'lead:%'],
  );
  expect(told.map(({ type }) => type)).toEqual(['lead.created', 'lead.qualified', 'lead.updated']);
  expect(told.at(-1)?.payload).toMatchObject({ changes: ['value'] });

  const { as, agentId } = await person();
  await change(as, 'sendChatMessage', { chatId, text: 'Gladly.' }, 'message { seq }');
  const asked = 'query($id: ID!) { node(id: $id) { ... on ChatConversation { agent { id } } } }';
  expect((await desk.ask(viewer, asked, { id: chatId })).node.agent.id).toBe(agentId);
});

it('a chat that is none makes no good lead of nobody, and an earlier good one keeps its place', async () => {
  const { visitor, chats, viewer, accountId } = await desk.settle();
  const known = visitor({ person: { email: 'bea@example.com' } });
  await known.opens('One');
  const [{ id: first }] = await chats();
  await change(viewer, 'updateChat', { chatId: first, leadStatus: 'GOOD_LEAD' }, 'chat { id }');
  for (const leadStatus of ['GOOD_LEAD', 'NOT_A_LEAD']) {
    desk.clock.advance(60_000);
    const next = visitor();
    await next.opens(leadStatus);
    const [{ id: chatId }] = await chats();
    await change(viewer, 'updateChat', { chatId, leadStatus }, 'chat { id }');
    await next.sends('tell', { person: { email: 'bea@example.com' } });
    expect((await chats())[0].leadStatus).toBe(
      leadStatus === 'GOOD_LEAD' ? 'PREVIOUSLY_MARKED_GOOD_LEAD' : 'NOT_A_LEAD',
    );
  }
  expect(await leadOf(accountId)).toMatchObject({
    ...{ status: 'GOOD_LEAD', goodInteractionId: decodeGlobalId(first)?.id },
  });
});
