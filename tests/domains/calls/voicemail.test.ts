// People work through messages: they hear them, call back, settle them; each sees what the others did.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { madeTogether } from '#tests/support/made-together.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown({ speed: 10 });
const tracker = await town.tracker({ voicemail: true, ringSeconds: 5 });
town.business(tracker).is('no-answer');

const VOICEMAIL = `id version voicemail { state heardAt heardBy { kind } doneAt doneBy { kind }
  recording { state } answeredSince { id } callbacks { at outcome by { kind } call { id } } }`;
const UPDATE = `mutation($input: UpdateVoicemailInput!) { updateVoicemail(input: $input) {
  call { ${VOICEMAIL} } userErrors { code message field } } }`;
const CALLED = `mutation($input: MarkVoicemailCalledBackInput!) {
  markVoicemailCalledBack(input: $input) {
    call { ${VOICEMAIL} } userErrors { code message field } } }`;

const leaves = madeTogether(6, async () => {
  const caller = town.caller();
  caller.dials(tracker, { afterBeep: 'voicemail-message' });
  const { call } = await town.sees(
    'CALL_ENDED',
    (e) => e.call.from === caller.from && e.call.outcome === 'VOICEMAIL',
  );
  // nothing more happens to it by itself
  await town.sees('CALL_RECORDING_READY', (e) => e.call.id === call.id);
  return { from: caller.from, id: call.id as string };
});
const update = async (input: object, key?: string) => {
  const answer = await town.answer(UPDATE, { input }, key);
  return answer.errors ? answer : answer.data.updateVoicemail;
};
const calledBack = async (input: object, key?: string) => {
  const answer = await town.answer(CALLED, { input }, key);
  return answer.errors ? answer : answer.data.markVoicemailCalledBack;
};
const read = async (id: string) => {
  const { node } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Call { ${VOICEMAIL} } } }`,
    { id },
  );
  return node;
};
const list = async (...voicemailStates: string[]): Promise<string[]> => {
  const { calls } = await town.ask(
    'query($filter: CallFilter) { calls(filter: $filter) { nodes { id } } }',
    { filter: { voicemailStates } },
  );
  return calls.nodes.map(({ id }: { id: string }) => id);
};

let first: { from: string; id: string };
let second: { from: string; id: string };
beforeAll(async () => {
  first = await leaves();
  second = await leaves();
});

describe('a message', () => {
  it('is NEW, is heard by somebody, and is settled; lists and events follow', async () => {
    const { id: callId } = await leaves();
    const { voicemail, version } = await read(callId);
    expect(voicemail).toMatchObject({ state: 'NEW', heardAt: null, callbacks: [] });
    expect(await list('NEW')).toContain(callId);
    const heard = await update({ callId, state: 'HEARD', expectedVersion: version });
    expect(heard.userErrors).toEqual([]);
    expect(heard.call).toMatchObject({
      version: version + 1,
      voicemail: { state: 'HEARD', heardAt: expect.any(String), heardBy: { kind: 'KEY' } },
    });
    const told = await town.sees(
      'CALL_UPDATED',
      (e) => e.call.id === callId && e.subjectVersion === version + 1,
    );
    expect(told).toMatchObject({ changes: ['voicemail'], call: { id: callId } });
    expect(await list('NEW')).not.toContain(callId);
    expect(await list('HEARD', 'DONE')).toContain(callId);
    const done = await update({ callId, state: 'DONE' });
    expect(done.call.voicemail).toMatchObject({
      state: 'DONE',
      heardAt: heard.call.voicemail.heardAt,
      doneBy: { kind: 'KEY' },
    });
    const again = await update({ callId, state: 'NEW' });
    expect(again.call.voicemail).toMatchObject({ state: 'NEW', heardAt: null, doneAt: null });
  });

  it('that stands there already changes nothing, and a stale version is refused', async () => {
    const { version } = await read(first.id);
    const same = await update({ callId: first.id, state: 'NEW' });
    expect(same.call.version).toBe(version);
    const stale = await update({ callId: first.id, state: 'DONE', expectedVersion: version - 1 });
    expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  });

  it('is not there when the caller hangs up at the beep', async () => {
    const caller = town.caller();
    caller.dials(tracker, { hangUpWhen: 'beep' });
    const call = await town.endedCall(caller.from);
    expect(call.outcome).not.toBe('VOICEMAIL');
    expect(call.voicemail?.state ?? null).toBeNull();
    const refused = await update({ callId: call.id, state: 'HEARD' });
    expect(refused.userErrors).toMatchObject([
      { code: 'WRONG_STATE', field: ['callId'], message: 'No message was left on this call.' },
    ]);
  });

  it('is changed by those who may, and heard by those who may listen', async () => {
    const stranger = await town.stranger();
    const theirs = await update({ callId: first.id, state: 'DONE' }, stranger.key);
    expect(theirs.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const reader = await town.keyWith(['calls:read']);
    const forbidden = await update({ callId: first.id, state: 'DONE' }, reader);
    expect(forbidden.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const also = await calledBack({ callId: first.id, outcome: 'REACHED' }, reader);
    expect(also.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('a call back', () => {
  it('is noted with its time and hand; who was not reached still waits', async () => {
    const { id: callId } = await leaves();
    const tried = await calledBack({ callId, outcome: 'NO_ANSWER', idempotencyKey: 'tried' });
    expect(tried.userErrors).toEqual([]);
    expect(tried.call.voicemail).toMatchObject({
      state: 'HEARD',
      callbacks: [{ outcome: 'NO_ANSWER', by: { kind: 'KEY' }, call: null }],
    });
    const again = await calledBack({ callId, outcome: 'NO_ANSWER', idempotencyKey: 'tried' });
    expect(again.call.voicemail.callbacks).toHaveLength(1);
    const reached = await calledBack({ callId, outcome: 'REACHED' });
    expect(reached.call.voicemail).toMatchObject({
      state: 'DONE',
      callbacks: [{ outcome: 'NO_ANSWER' }, { outcome: 'REACHED' }],
    });
    const { accountId } = town;
    const entries = await town.server.platform.db.prisma.auditEntry.findMany({
      where: { accountId, action: 'markVoicemailCalledBack' },
      orderBy: { at: 'asc' },
    });
    expect(entries.at(-1)).toMatchObject({
      actor: expect.stringMatching(/^key:/),
      before: { voicemail: 'HEARD' },
      after: { voicemail: 'DONE', outcome: 'REACHED' },
    });
  });

  it('can name the call in which it happened, of the same lead and later than the message', async () => {
    const message = await leaves();
    const business = await town.tracker();
    town.business(business).is('answer', { hangUpAfterSeconds: 30 });
    town.caller(message.from).dials(business);
    const { call: later } = await town.sees(
      'CALL_ENDED',
      (e) => e.call.from === message.from && e.call.outcome === 'ANSWERED',
    );
    // an answered call settles nothing by itself, but is shown
    expect((await read(message.id)).voicemail).toMatchObject({
      state: 'NEW',
      answeredSince: { id: later.id },
    });
    expect((await read(second.id)).voicemail.answeredSince).toBeNull();
    const input = { callId: message.id, outcome: 'REACHED' };
    for (const linkedCallId of [second.id, message.id]) {
      const refused = await calledBack({ ...input, linkedCallId });
      expect(refused.userErrors).toMatchObject([
        { code: 'INVALID_INPUT', field: ['linkedCallId'] },
      ]);
    }
    const linked = await calledBack({ ...input, linkedCallId: later.id });
    expect(linked.call.voicemail).toMatchObject({
      state: 'DONE',
      callbacks: [{ outcome: 'REACHED', call: { id: later.id } }],
    });
  });

  it('lies between the message and now', async () => {
    for (const at of [new Date(0), new Date(Date.now() + 3_600_000)]) {
      const refused = await calledBack({ callId: second.id, outcome: 'NO_ANSWER', at });
      expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['at'] }]);
    }
    expect((await read(second.id)).voicemail).toMatchObject({ state: 'NEW', callbacks: [] });
  });

  it('is noted at most 50 times', async () => {
    const { id: callId } = await leaves();
    const { accountId } = town;
    const at = new Date();
    await town.server.platform.db.prisma.voicemailCallback.createMany({
      data: Array.from({ length: 49 }, () => ({
        ...{ accountId, id: newId(), callId: decodeGlobalId(callId)?.id ?? '', at },
        by: 'key:x',
        outcome: 'NO_ANSWER' as const,
      })),
    });
    expect((await calledBack({ callId, outcome: 'NO_ANSWER' })).userErrors).toEqual([]);
    const refused = await calledBack({ callId, outcome: 'NO_ANSWER' });
    expect(refused.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });
});
