// A person followed live: what happens in every channel, each thing once however often the stream is cut, over merge and
// split, and no more than the follower may see.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { callRinging } from '#domains/calls/events.ts';
import { openChat } from '#domains/chats/open-chat.ts';
import { erasureCompleted, leadErased } from '#domains/erasures/events.ts';
import { createLeadNote } from '#domains/leads/change-note.ts';
import { mergeLeads, splitLead } from '#domains/merges/index.ts';
import { ADA, openTextsDesk } from '#tests/domains/messages/texts-desk.ts';
import { encodePosition } from '#values/cursor.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { followOf } from './follow.ts';

const desk = await openTextsDesk();
const { platform } = desk;
const follow = followOf(desk);
const BEN = '+13125550156';

async function settle() {
  const town = await desk.settle();
  const { accountId, companyId, viewer } = town;
  const leadOf = async (from: string) => {
    const rows = await desk.db.prisma.leadIdentity.findMany({ where: { accountId, value: from } });
    return rows[0]?.ownLeadId ?? rows[0]?.leadId ?? '';
  };
  return {
    ...town,
    leadOf,
    note: (leadId: string, text: string) => createLeadNote(desk, viewer, { leadId, text }),
    rings: async (from: string) => {
      const { id: callId } = await town.arrives(from);
      const subject = `call:${callId}`;
      const occurredAt = desk.clock.now(accountId);
      await desk.db.transaction((tx) =>
        desk.events.append(tx, accountId, [
          {
            ...{ definition: callRinging, companyId, subject, subjectVersion: 1, occurredAt },
            payload: { callId },
          },
        ]),
      );
    },
    chats: (phone: string, text: string) =>
      desk.db.transaction((tx) =>
        openChat(tx, platform, {
          ...{ accountId, companyId, id: randomUUID(), at: desk.clock.now(accountId) },
          ...{ visitorId: null, sessionId: null, pageUrl: '', greeting: '' },
          ...{ person: { name: null, email: null, phone }, message: { id: randomUUID(), text } },
        }),
      ),
  };
}

it('tells each thing once, in every channel, wherever the stream is cut', async () => {
  const { texts, conversations, leadOf, note, rings, chats, viewer } = await settle();
  await texts('First');
  const lead = await leadOf(ADA);
  const live = (await follow(viewer, lead)).until('end');
  await texts('Another person', { from: BEN });
  await texts('Second');
  const row = (await conversations()).find(
    (one: { customerNumber: string }) => one.customerNumber === ADA,
  );
  const input = { conversationId: row.id, leadStatus: 'GOOD_LEAD' };
  await desk.change(viewer, 'updateConversation', input, 'conversation { id }');
  await note(lead, 'Calls back');
  await rings(ADA);
  await rings(BEN);
  await chats(ADA, 'Are you there?');
  await note(lead, 'end');
  const told = await live;
  expect(told.map(({ event, entry }) => [event.type, entry?.kind ?? null])).toEqual([
    ['MESSAGE_RECEIVED', 'INTERACTION'],
    ['LEAD_QUALIFIED', 'QUALIFIED'],
    ['CONVERSATION_UPDATED', 'INTERACTION'],
    ['LEAD_UPDATED', 'NOTE'],
    ['CALL_RINGING', 'INTERACTION'],
    ['CHAT_OPENED', 'INTERACTION'],
    ['CHAT_MESSAGE', 'INTERACTION'],
    ['LEAD_UPDATED', 'NOTE'],
  ]);
  expect(told[0].event.message).toEqual({ text: 'Second', from: ADA });
  expect(told[6].event.message).toEqual({ text: 'Are you there?' });
  expect(JSON.stringify(told)).not.toContain('Another person');
  for (const [n, { cursor }] of told.slice(0, -1).entries()) {
    const resumed = await follow(viewer, lead, cursor);
    expect(await resumed.until('end')).toEqual(told.slice(n + 1));
  }
});

it('follows the person over a merge, and each of the two after the split', async () => {
  const { texts, leadOf, note, viewer } = await settle();
  await texts('I am Ada');
  await texts('I am Ben', { from: BEN });
  const [ada, ben] = [await leadOf(ADA), await leadOf(BEN)];
  const first = (await follow(viewer, ada)).until('end');
  const second = (await follow(viewer, ben)).until('end');
  await mergeLeads(desk, viewer, { leadId: ada, mergedLeadIds: [ben] });
  await texts('Merged', { from: BEN });
  await splitLead(desk, viewer, { leadId: ben });
  await texts('Only Ada');
  await texts('Only Ben', { from: BEN });
  await note(ada, 'end');
  await note(ben, 'end');
  const seen = (told: { event: { type: string; message?: { text: string } } }[]) =>
    told.flatMap(({ event }) => (event.message ? [event.message.text] : []));
  const [ofAda, ofBen] = [await first, await second];
  expect(ofAda.some(({ event }) => event.mergedLead?.id === encodeGlobalId('Lead', ben))).toBe(
    true,
  );
  expect(seen(ofAda).at(-1)).toBe('Only Ada');
  expect(seen(ofAda)).not.toContain('Only Ben');
  expect(seen(ofBen).at(-1)).toBe('Only Ben');
  expect(seen(ofBen)).not.toContain('Only Ada');
  for (const told of [ofAda, ofBen]) {
    const cursors = told.map(({ cursor }) => cursor);
    expect(new Set(cursors).size).toBe(cursors.length);
  }
  expect(ofBen.at(-1)?.lead.id).toBe(encodeGlobalId('Lead', ben));
});

it('tells what of the person was erased, and at last that all of them was', async () => {
  const { texts, conversations, leadOf, note, viewer, accountId, companyId } = await settle();
  await texts('First');
  await texts('Another person', { from: BEN });
  const [ada, ben] = [await leadOf(ADA), await leadOf(BEN)];
  const start = encodePosition(await desk.events.head());
  const live = await follow(viewer, ada, start);
  const first = live.next();
  await note(ada, 'start');
  await first;
  const tell = (definition: object, payload: object) =>
    desk.db.transaction((tx) => {
      const event = { definition, companyId, subject: `erasure:${randomUUID()}`, payload };
      const told = { ...event, subjectVersion: 1, occurredAt: desk.clock.now(accountId) };
      return desk.events.append(tx, accountId, [told as never]);
    });
  const rows: { id: string; customerNumber: string }[] = await conversations();
  const [theirs, anothers] = [ADA, BEN].map(
    (from) => rows.find(({ customerNumber }) => customerNumber === from)?.id ?? '',
  );
  for (const global of [anothers, theirs]) {
    const conversationId = decodeGlobalId(global ?? '')?.id ?? '';
    // the row goes before it is told
    await desk.db.prisma.interaction.deleteMany({ where: { accountId, id: conversationId } });
    await tell(erasureCompleted, { erasureId: randomUUID(), conversationId });
  }
  for (const leadId of [ben, ada]) await tell(leadErased, { leadId, leadErasureId: randomUUID() });
  await note(ada, 'end');
  const erased = (told: { event: { interactionId?: string; leadId?: string } }[]) =>
    told.flatMap(({ event }) => event.interactionId ?? event.leadId ?? []);
  const lead = encodeGlobalId('Lead', ada);
  expect(erased(await live.until('end'))).toEqual([anothers, theirs, lead]);
  expect(erased(await (await follow(viewer, ada, start)).until('end'))).toEqual([
    ...[anothers, theirs, lead],
  ]);
});

it('tells of the other lead while they are one', async () => {
  const { texts, leadOf, note, viewer } = await settle();
  await texts('I am Ada');
  await texts('I am Ben', { from: BEN });
  const [ada, ben] = [await leadOf(ADA), await leadOf(BEN)];
  const streams = [await follow(viewer, ada), await follow(viewer, ben)].map((one) =>
    one.until('end'),
  );
  await mergeLeads(desk, viewer, { leadId: ada, mergedLeadIds: [ben] });
  await texts('As Ben', { from: BEN });
  await texts('As Ada');
  await note(ada, 'end');
  for (const stream of streams) {
    const told = await stream;
    expect(told.flatMap(({ event }) => event.message?.text ?? [])).toEqual(['As Ben', 'As Ada']);
    expect(told.at(-1)?.lead.id).toBe(encodeGlobalId('Lead', ada));
  }
});

it('shows no more than its follower may see, and ends when that is less', async () => {
  const { texts, leadOf, note, chats, viewer, otherCompanyId } = await settle();
  await texts('First');
  const lead = await leadOf(ADA);
  const without = (...scopes: string[]) => ({
    ...viewer,
    scopes: viewer.scopes.filter((scope) => !scopes.includes(scope)),
  });
  const masked = await follow(without('personal:read'), lead);
  const narrow = await follow(without('messages:read', 'chats:read'), lead);
  await texts('Second');
  await chats(ADA, 'Third');
  await note(lead, 'end');
  const told = JSON.stringify(await masked.until('end'));
  expect(told).toContain('MESSAGE_RECEIVED');
  expect(told).not.toMatch(/Second|Third|13125550155/);
  expect((await narrow.until('end')).map(({ event }) => event.type)).toEqual(['LEAD_UPDATED']);

  const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
  await expect(follow(elsewhere, lead)).rejects.toThrow('no Lead with this id');
  await expect(follow(without('leads:read'), lead)).rejects.toThrow('LEADS_READ');
  await expect(follow(viewer, lead, 'nonsense')).rejects.toThrow('cursor');
  const rights = { recheck: async () => without('personal:read'), recheckEveryMs: 1 };
  const ended = await follow(viewer, lead, null, rights);
  await expect(ended.next()).rejects.toThrow('rights of this key have changed');
});
