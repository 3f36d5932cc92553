// Calls that end in every way there is, each told through the public doors.
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadKeys } from '#sandbox/webhooks/keys.ts';
import { openTown } from '#tests/support/town.ts';

const SPEED = 15;
const town = await openTown({ speed: SPEED });
const plain = await town.tracker({ voicemail: false, ringSeconds: 8 });
const withVoicemail = await town.tracker({ voicemail: true, ringSeconds: 8 });

const stepsOf = (call: { steps: { name: string }[] }) => call.steps.map((step) => step.name);
const spokenTo = (leg: Parameters<typeof town.commands>[0]) =>
  town.commands(leg, 'speak').map((command) => (command.body as { payload: string }).payload);

beforeEach(() => town.sandbox.clock.setSpeed(SPEED));

describe('a call', () => {
  it('that is answered tells how long it rang and how long they talked', async () => {
    town.business(plain).is('answer', { hangUpAfterSeconds: 12 });
    const caller = town.caller();
    caller.dials(plain);
    expect(await town.endedCall(caller.from)).toMatchObject({
      outcome: 'ANSWERED',
      state: 'ENDED',
      ringSeconds: 1,
      talkSeconds: 12,
      recording: null,
      voicemail: null,
      firstCall: true,
      priorCalls: 0,
    });
  });

  it.each([
    ['busy', 'BUSY', 'user_busy'],
    ['reject', 'MISSED', 'call_rejected'],
    ['not-found', 'MISSED', 'not_found'],
    ['no-answer', 'MISSED', 'timeout'],
  ] as const)(
    'to a business that is %s ends with a polite sentence: %s',
    async (is, outcome, cause) => {
      town.business(plain).is(is);
      const caller = town.caller();
      const leg = caller.dials(plain);
      const call = await town.endedCall(caller.from);
      expect(call).toMatchObject({ outcome, talkSeconds: null });
      expect(call.legs[1].cause).toBe(cause);
      expect(stepsOf(call)).toEqual(['ring', 'dial', 'farewell']);
      expect(spokenTo(leg)).toEqual([expect.stringMatching(/try again later. Goodbye/)]);
    },
  );

  it('whose caller hangs up during the greeting is ABANDONED and never rings the business', async () => {
    town.sandbox.clock.setSpeed(5);
    const greeting = 'Welcome. '.repeat(40);
    const tracker = await town.tracker({ greeting, voicemail: true });
    const caller = town.caller();
    const leg = caller.dials(tracker, { hangUpAfterSeconds: 5 });
    const call = await town.endedCall(caller.from);
    expect(call).toMatchObject({ outcome: 'ABANDONED', durationSeconds: 5, recording: null });
    expect(stepsOf(call)).toEqual(['ring', 'greeting']);
    expect(town.commands(leg, 'dial')).toEqual([]);
  });

  it('whose caller waits longer than 15 s and leaves is MISSED, and the business stops ringing', async () => {
    const tracker = await town.tracker({ ringSeconds: 60 });
    town.business(tracker).is('no-answer');
    const caller = town.caller();
    const { sessionId } = caller.dials(tracker, { hangUpAfterSeconds: 20 });
    expect(await town.endedCall(caller.from)).toMatchObject({ outcome: 'MISSED', voicemail: null });
    await town.until('every leg has ended', () => {
      const legs = town.sandbox.calls().legs.filter((leg) => leg.sessionId === sessionId);
      return legs.length === 2 && legs.every((leg) => leg.endedAt !== null);
    });
  });

  it('whose caller leaves before the beep left no message', async () => {
    town.sandbox.clock.setSpeed(5);
    town.business(withVoicemail).is('busy');
    const caller = town.caller();
    const leg = caller.dials(withVoicemail);
    await town.until('the voicemail greeting is spoken', () => spokenTo(leg).length > 0);
    town.sandbox.hangUp(leg.callControlId);
    const call = await town.endedCall(caller.from);
    expect(call).toMatchObject({ outcome: 'ABANDONED', voicemail: null });
    expect(stepsOf(call)).toEqual(['ring', 'dial', 'voicemail-greeting']);
    town.sandbox.clock.setSpeed(15);
  });

  it('of the same person is the second: same lead, one prior call', async () => {
    town.business(plain).is('answer', { hangUpAfterSeconds: 2 });
    const caller = town.caller();
    caller.dials(plain, { callerName: 'R MILLER' });
    const first = await town.endedCall(caller.from);
    await town.until('the first is over', () =>
      town.sandbox.calls().legs.every((leg) => leg.endedAt),
    );
    caller.dials(withVoicemail, { hangUpAfterSeconds: 3 });
    await town.until(
      'two calls have ended',
      () => town.seen((e) => e.type === 'CALL_ENDED' && e.call.from === caller.from).length === 2,
    );
    const [, ended] = town.seen((e) => e.type === 'CALL_ENDED' && e.call.from === caller.from);
    const second = await town.call(ended.call.id);
    expect(first).toMatchObject({ firstCall: true, priorCalls: 0, lead: { name: 'R MILLER' } });
    expect(second).toMatchObject({ firstCall: false, priorCalls: 1, lead: { id: first.lead.id } });
    const made = town.seen(
      (e) => e.type === 'LEAD_CREATED' && e.lead.phoneNumbers.includes(caller.from),
    );
    expect(made).toHaveLength(1);
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on Lead { phoneNumbers
         interactions { totalCount nodes { id } } } } }`,
      { id: first.lead.id },
    );
    expect(node).toEqual({
      phoneNumbers: [caller.from],
      interactions: { totalCount: 2, nodes: [{ id: second.id }, { id: first.id }] },
    });
  });

  it('whose caller withholds the number has no lead and is nobody’s first call', async () => {
    const session = 'withheld-session';
    const at = new Date().toISOString();
    const body = JSON.stringify({
      data: {
        record_type: 'event',
        id: 'withheld-1',
        event_type: 'call.initiated',
        occurred_at: at,
        payload: {
          call_control_id: 'withheld-leg',
          call_leg_id: 'withheld-leg',
          call_session_id: session,
          client_state: null,
          direction: 'incoming',
          from: 'anonymous',
          to: plain.number,
          state: 'parked',
        },
      },
    });
    // the sandbox's callers all show their number: this webhook is written by hand and signed with its key
    const keys = loadKeys(join(town.server.platform.config.DATA_DIR, 'carrier'));
    const answer = await fetch(`${town.server.url}/carrier/${town.accountId}`, {
      method: 'POST',
      headers: keys.signWebhook(body, Math.floor(Date.now() / 1_000)),
      body,
    });
    expect(answer.status).toBe(200);
    const { call } = await town.sees('CALL_ENDED', (e) => e.call.from === null);
    expect(await town.call(call.id)).toMatchObject({
      from: null,
      lead: null,
      firstCall: false,
      priorCalls: 0,
    });
  });
});

describe('a number that leads nowhere', () => {
  it('is answered with a polite sentence; there is no call, but a line in the log', async () => {
    const { connectionId = '' } = town.sandbox.calls().legs[0] ?? {};
    const number = '+14155550199';
    const known = await town.ask('{ calls { totalCount } }');
    const grant = connectionId || (await connectionOf(plain.number));
    town.sandbox.own({ phoneNumber: number, connectionId: grant });
    const leg = town.caller().dials({ number });
    await town.until('the caller was let go', () =>
      town.sandbox
        .calls()
        .legs.some((one) => one.callControlId === leg.callControlId && one.endedAt),
    );
    expect(spokenTo(leg)).toEqual([expect.stringMatching(/not in service. Goodbye/)]);
    expect((await town.ask('{ calls { totalCount } }')).calls.totalCount).toBeLessThanOrEqual(
      known.calls.totalCount,
    );
    expect(town.logged).toContainEqual(
      expect.objectContaining({
        session: leg.sessionId,
        msg: expect.stringMatching(/no active tracker/),
      }),
    );
  });

  it('is let go when the sentence cannot be spoken: nobody is kept in silence', async () => {
    const number = '+14155550198';
    town.sandbox.own({ phoneNumber: number, connectionId: await connectionOf(plain.number) });
    town.sandbox.faults([{ command: 'speak', status: 422, code: '10015', detail: 'Not today.' }]);
    const leg = town.caller().dials({ number });
    await town.until('the caller was let go by us', () => town.commands(leg, 'hangup')[0]);
    town.sandbox.faults([]);
  });

  it('is the same when its tracker is disabled', async () => {
    const tracker = await town.tracker();
    await town.ask(
      'mutation($input: DisableTrackerInput!) { disableTracker(input: $input) { userErrors { code message } } }',
      { input: { trackerId: tracker.id } },
    );
    const caller = town.caller();
    const leg = caller.dials(tracker);
    await town.until('the caller was let go', () =>
      town.sandbox
        .calls()
        .legs.some((one) => one.callControlId === leg.callControlId && one.endedAt),
    );
    expect(spokenTo(leg)).toEqual([expect.stringMatching(/not in service. Goodbye/)]);
    expect(town.seen((e) => e.call?.from === caller.from)).toEqual([]);
  });
});

/** The voice application that the server made at the carrier, by one of its numbers. */
async function connectionOf(number: string): Promise<string> {
  const { sandbox } = town;
  const response = await fetch(
    `${sandbox.url}/v2/phone_numbers?filter[phone_number]=${encodeURIComponent(number)}`,
    { headers: { authorization: 'Bearer the-town-sandbox-key' } },
  );
  const { data } = (await response.json()) as { data: { connection_id: string }[] };
  return data[0]?.connection_id ?? '';
}
