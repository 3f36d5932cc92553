// The random calls that the machine is tested with (tests/domains/calls/call-story.ts), on the real stack: each story
// becomes a tracker, a business, a caller, and the commands that its carrier refuses.
import { randomUUID } from 'node:crypto';
import { decodeTag } from '#platform/carrier/tag.ts';
import type { CallStory, Moment } from '#tests/domains/calls/call-story.ts';
import { commandsOf, type Town, type TownTracker } from '#tests/support/town.ts';
import { callOf } from './storm.ts';

type Sandbox = Town['sandbox'];
type Leg = ReturnType<Sandbox['call']>;
type Command = ReturnType<Sandbox['calls']>['commands'][number];
export type Fault = Parameters<Sandbox['faults']>[0][number];

/** A story, and the number at which it is played. */
export interface Setting {
  story: CallStory;
  tracker: TownTracker;
}

const SPEECH = 'voicemail-message';
const SPEECH_S = 5.4;
/** what lasts longer makes no other call of it; but a talk has to outlast what a storm does to the news of its beginning */
const SHORTEST_TALK_S = 10;
const LONGEST_TALK_S = 25;
const LONGEST_MESSAGE_S = 20;
const LONGEST_RINGING_S = 10;
const RING_S = 30;
/** where a caller leaves while it rings: what rings is ended by us, however late we are */
const LONG_RING_S = 120;
/** what is refused, in the carrier's word */
const KINDS: Record<string, string> = {
  playRingback: 'playback_start',
  record: 'record_start',
  voicemail: 'record_start',
  bridge: 'bridge',
};
const RINGBACK_STEP = 'ringback';

/** A tracker with the settings of the story's plan. */
export async function setUp(town: Town, story: CallStory): Promise<Setting> {
  const { greeting, whisper, record, voicemailGreeting } = story.plan;
  const tracker = await town.tracker({
    ...{ greeting, whisper, recording: record },
    ringSeconds: story.hangsUpIn === 'ringing' ? LONG_RING_S : RING_S,
    ...{ voicemail: voicemailGreeting !== null, voicemailGreeting },
  });
  const behaviour = { answers: 'answer', 'is busy': 'busy', 'does not answer': 'no-answer' };
  town.business(tracker).is(behaviour[story.business] as 'answer', {
    answerAfterSeconds: Math.min(story.answersAfterS, LONGEST_RINGING_S),
  });
  return { story, tracker };
}

const talkOf = ({ talkS }: CallStory) => Math.min(Math.max(talkS, SHORTEST_TALK_S), LONGEST_TALK_S);

/**
 * Plays all at once, each to its end.
 * @param failing what fails besides what the stories have refused
 * @returns what of each must not depend on how webhooks travel
 */
export async function playAll(town: Town, settings: readonly Setting[], failing: Fault[] = []) {
  const { sandbox } = town;
  const calls = settings.map((setting) => ({
    ...setting,
    from: `+1646555${String(1_000 + callers++)}`,
    sessionId: randomUUID(),
  }));
  const refused = calls.flatMap(({ story, tracker, sessionId }) =>
    story.refused.map((name) => refusalOf(name, sessionId, tracker.destination)),
  );
  sandbox.faults([...refused, ...failing]);
  const placed = calls.map(({ story, tracker, from, sessionId }) => ({
    story,
    leg: sandbox.call({ from, to: tracker.number, sessionId, ...scriptOf(story) }),
  }));
  const leaving = letLeave(town, placed);
  const ended = await Promise.all(
    calls.map(({ from }) => town.sees('CALL_ENDED', ({ call }) => call.from === from)),
  );
  leaving.stop();
  const { prisma } = town.server.platform.db;
  await town.until('all was delivered and acted on, and every recording is there', async () => {
    if (sandbox.calls().legs.some(({ endedAt }) => endedAt === null)) return false;
    if (sandbox.deliveries().some((one) => one.status === 'pending')) return false;
    const state = { in: ['RECORDING' as const, 'FETCHING' as const] };
    if ((await prisma.recording.count({ where: { state } })) > 0) return false;
    return (await prisma.carrierEvent.count({ where: { state: 'RECEIVED' } })) === 0;
  });
  sandbox.faults([]);
  const all: object[] = [];
  for (const { call } of ended) all.push(await callOf(town, call.id));
  return all;
}
let callers = 0;

/** What the caller does by themselves; who leaves at another moment is seen to by letLeave. */
function scriptOf(story: CallStory) {
  const say = (endS: number) => [{ speech: SPEECH, atSeconds: Math.max(0.5, endS - SPEECH_S) }];
  const messageS = Math.min(story.messageS, LONGEST_MESSAGE_S);
  // heard once and then no more, until the recording ends by itself
  const silent = [...say(0), ...say(60)];
  return {
    ...(story.ends === 'caller'
      ? { say: say(talkOf(story)) }
      : { hangUpWhen: 'ended-by-destination' as const }),
    afterBeep: story.staysSilent ? silent : messageS < SPEECH_S ? [] : say(messageS),
  };
}

function refusalOf(name: string, sessionId: string, destination: string): Fault {
  const no = { times: 1_000_000, status: 422, code: '10015', detail: 'Not today.' };
  if (name === 'dial') return { ...no, command: 'dial', to: destination };
  const step = name === 'playRingback' ? RINGBACK_STEP : name;
  // whatever is not named is spoken
  return { ...no, command: KINDS[name] ?? 'speak', sessionId, clientState: `"s":"${step}"` };
}

/** After which command of the story a caller leaves, and how long after. */
interface Leaving {
  kind: string;
  step: string;
  seconds: number;
}
const LEAVING: Record<Moment, Leaving | null> = {
  greeting: { kind: 'speak', step: 'greeting', seconds: 1 },
  ringing: { kind: 'dial', step: 'dial', seconds: 15 },
  whisper: { kind: 'speak', step: 'whisper', seconds: 1 },
  'voicemail-greeting': { kind: 'speak', step: 'voicemail-greeting', seconds: 2 },
  never: null,
};

/** Watches what is carried out, and has people leave: who has had enough, and a business that ends a talk. */
function letLeave({ sandbox }: Town, placed: readonly { story: CallStory; leg: Leg }[]) {
  const impatient = new Set(placed.filter(({ story }) => LEAVING[story.hangsUpIn]));
  const talking = new Set(placed.filter(({ story }) => story.ends === 'destination'));
  const legsOf = ({ sessionId }: Leg) =>
    sandbox.calls().legs.filter((one) => one.sessionId === sessionId && one.endedAt === null);
  /** @param isMeant whether they still are where they leave */
  const leave = (callControlId: string, leg: Leg, isMeant: (legs: Leg[]) => boolean) => {
    const legs = legsOf(leg);
    const isHere = legs.some((one) => one.callControlId === callControlId);
    if (isHere && isMeant(legs)) sandbox.hangUp(callControlId);
  };
  const look = setInterval(() => {
    const { commands } = sandbox.calls();
    for (const call of impatient) {
      const { leg, story } = call;
      const { kind, step, seconds } = LEAVING[story.hangsUpIn] as Leaving;
      if (!commandsOf(commands, leg, kind).some((one) => isDone(one, step))) continue;
      impatient.delete(call);
      const isMeant = (legs: Leg[]) =>
        kind !== 'dial' || legs.some(({ phase }) => phase === 'ringing');
      sandbox.clock.after(seconds * 1_000, () => leave(leg.callControlId, leg, isMeant));
    }
    for (const call of talking) {
      const { leg, story } = call;
      const business = legsOf(leg).find(({ direction, peer }) => direction === 'outgoing' && peer);
      if (!business) continue;
      talking.delete(call);
      const { callControlId } = business;
      sandbox.clock.after(talkOf(story) * 1_000, () => leave(callControlId, leg, () => true));
    }
  }, 10);
  return { stop: () => clearInterval(look) };
}

/** Whether a command of a step was carried out; of some the answer is lost. */
function isDone({ status, body }: Command, step: string): boolean {
  const isCarriedOut = status === 200 || status === 503;
  return isCarriedOut && decodeTag(Object(body).client_state)?.step === step;
}
