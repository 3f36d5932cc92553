// A call that has two recordings has two transcripts: each recording tells its own, the call tells the conversation's.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { madeTogether } from '#tests/support/made-together.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown();
const { prisma } = town.server.platform.db;
const tracker = await town.tracker({ voicemail: false });
town.business(tracker).is('busy');

const ended = madeTogether(6, () => {
  const caller = town.caller();
  caller.dials(tracker);
  return town.endedCall(caller.from);
});

/** A call that has ended, with a recording and a transcript of each kind, written in this order. */
async function callWithBoth(kinds: ('CALL' | 'VOICEMAIL')[], answered: boolean): Promise<string> {
  const call = await ended();
  const { accountId } = town;
  const callId = decodeGlobalId(call.id)?.id ?? '';
  const at = new Date('2026-03-01T12:00:00Z');
  const { companyId } = await prisma.call.update({
    where: { accountId_id: { accountId, id: callId } },
    data: { answeredAt: answered ? at : null },
  });
  for (const [n, kind] of kinds.entries()) {
    const recordingId = randomUUID();
    await prisma.recording.create({
      data: { accountId, companyId, id: recordingId, callId, kind, state: 'READY', startedAt: at },
    });
    const createdAt = new Date(at.getTime() + n * 1_000);
    const row = { accountId, id: randomUUID(), callId, recordingId, createdAt };
    await prisma.transcript.create({ data: { ...row, state: 'READY', model: kind } });
  }
  return call.id;
}

it.each([
  ['CALL', ['CALL', 'VOICEMAIL'], true],
  ['CALL', ['VOICEMAIL', 'CALL'], true],
  ['VOICEMAIL', ['CALL', 'VOICEMAIL'], false],
  ['VOICEMAIL', ['VOICEMAIL', 'CALL'], false],
  ['VOICEMAIL', ['VOICEMAIL'], true],
] as const)(
  'a call tells the transcript of its %s of %j, answered: %s',
  async (kind, kinds, answered) => {
    const id = await callWithBoth([...kinds], answered);
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on Call { transcript { model }
       recording { transcript { model } } voicemail { recording { transcript { model } } } } } }`,
      { id },
    );
    const own = (one: 'CALL' | 'VOICEMAIL') =>
      kinds.some((each) => each === one) ? { transcript: { model: one } } : null;
    expect(node).toEqual({
      transcript: { model: kind },
      recording: own('CALL'),
      voicemail: own('VOICEMAIL') && { recording: own('VOICEMAIL') },
    });
  },
);

it('one of before languages were told apart claims none', async () => {
  const callId = await callWithBoth(['CALL'], true);
  const id = decodeGlobalId(callId)?.id ?? '';
  await prisma.transcript.updateMany({
    where: { callId: id },
    data: { engine: 'moonshine', language: 'en' },
  });
  const { node } = await town.ask(
    'query($id: ID!) { node(id: $id) { ... on Call { transcript { language languageSource } } } }',
    { id: callId },
  );
  expect(node.transcript).toEqual({ language: null, languageSource: 'NOT_SUPPORTED' });
});
