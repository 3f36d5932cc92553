// The story that the demo tells, every step of it seen through the public API: a number is bought, somebody calls, is
// announced, put through, recorded, written down, and made use of; then a website shows each visitor a number of their own, a text and a chat are answered.
import { createHash } from 'node:crypto';
import { prepare, tellAftermath } from './aftermath.ts';
import type { Api } from './api.ts';
import { type NextEvent, readEvents } from './events.ts';
import { tellLeadCenter } from './lead-center.ts';
import {
  BuyNumberDocument,
  FollowStoryDocument,
  HaveItCalledDocument,
  NumbersOnOfferDocument,
  SignInDocument,
} from './operations/generated/graphql.ts';
import type { Partner } from './partner.ts';
import { clock, had, must, type Say } from './telling.ts';
import { tellWebsite } from './website.ts';

/** One line of the demo's table. */
export interface Step {
  name: string;
  seen: string;
  /** ms since the story began */
  afterMs: number;
}

/**
 * Plays the story to its end.
 * @param partner whom a webhook tells of the call
 * @param tell is given each step as soon as it was seen
 * @throws when a step does not come within `patienceMs`, or is not as it must be
 */
export async function playStory(
  api: Api,
  partner: Partner,
  tell: (step: Step) => void,
  patienceMs = 120_000,
): Promise<void> {
  const began = performance.now();
  const say: Say = (name, seen) =>
    tell({ name, seen, afterMs: Math.round(performance.now() - began) });
  const late = setTimeout(() => {
    api.close();
  }, patienceMs);
  const events = api.follow(FollowStoryDocument, {});
  try {
    const next = readEvents(events);
    const companyId = await signIn(api, say);
    const prepared = await prepare(api, companyId, partner);
    const trackerId = await buyNumber(api, companyId, next, say);
    await haveItCalled(api, trackerId, next, say);
    await followCall(next, say);
    await readTranscript(next, say);
    await tellAftermath(api, next, partner, prepared, say);
    const website = await tellWebsite(api, companyId, next, say);
    await tellLeadCenter(api, { companyId, trackerId, website }, next, say);
  } finally {
    clearTimeout(late);
    await events.return?.();
  }
}

async function signIn(api: Api, say: Say): Promise<string> {
  const { viewer, companies } = await api.ask(SignInDocument, {});
  const company = had(companies.nodes[0], 'there is no company');
  say('signed in', `${viewer.account?.name} (${viewer.account?.mode}), ${company.name}`);
  return company.id;
}

async function buyNumber(api: Api, companyId: string, next: NextEvent, say: Say): Promise<string> {
  const { availablePhoneNumbers } = await api.ask(NumbersOnOfferDocument, { areaCode: '415' });
  const { createTracker } = await api.ask(BuyNumberDocument, {
    input: {
      companyId,
      name: 'Search ad',
      source: { name: 'Google Ads', medium: 'cpc', campaign: 'garage doors' },
      destination: '+12125550180',
      number: {
        phoneNumber: had(availablePhoneNumbers[0], 'no number is on offer').phoneNumber,
      },
      greeting: 'Thank you for calling.',
      whisper: 'Call from [source].',
      recording: true,
      transcription: true,
      idempotencyKey: `demo-${Date.now()}`,
    },
  });
  const tracker = had(createTracker.tracker, 'no tracker was made');
  const { phoneNumber } = await next(
    'NumberEvent',
    'NUMBER_STATUS_CHANGED',
    (event) => event.phoneNumber?.status === 'ACTIVE',
  );
  say('number bought', `${phoneNumber?.number} leads to "${tracker.name}"`);
  return tracker.id;
}

async function haveItCalled(api: Api, trackerId: string, next: NextEvent, say: Say): Promise<void> {
  await api.ask(HaveItCalledDocument, {
    input: {
      trackerId,
      from: '+14155550134',
      callerName: 'R MILLER',
      dialogue: 'garage-door',
    },
  });
  const { lead } = await next('LeadEvent', 'LEAD_CREATED');
  const { call } = await next('CallEvent', 'CALL_RINGING');
  say('call arrives', `${call?.from} dials ${call?.to}, source ${call?.source?.name}`);
  say('lead made', `${lead?.name}, first call: ${call?.firstCall}`);
}

async function followCall(next: NextEvent, say: Say): Promise<void> {
  say('announced', stepOf(await callOnceSpoken(next, 'greeting'), 'greeting', 'spoken'));
  const whispered = await callOnceSpoken(next, 'whisper');
  say('whispered', stepOf(whispered, 'whisper', 'spoken'));
  had(whispered.recording?.noticeEndedAt, 'the recording has no notice');
  say('recording', `${whispered.recording?.state}, both have heard the notice`);
  const { call: answered } = await next('CallEvent', 'CALL_ANSWERED');
  say('bridged', `after ${answered?.ringSeconds} s of ringing`);

  const { call: ended } = await next('CallEvent', 'CALL_ENDED');
  say(
    'ended',
    `${ended?.outcome}, ${ended?.talkSeconds} s of talk, ${ended?.durationSeconds} s in all`,
  );

  const { call: recorded } = await next('CallEvent', 'CALL_RECORDING_READY');
  const recording = had(recorded?.recording, 'there is no recording');
  const link = had(recording.url, 'the recording has no link');
  const audio = Buffer.from(await (await fetch(link)).arrayBuffer());
  const sum = createHash('sha256').update(audio).digest('hex');
  must(sum === recording.sha256, 'the recording does not have its checksum');
  const pairs = (recording.peaks?.channels[0]?.values.length ?? 0) / 2;
  say(
    'recording stored',
    `${recording.durationSeconds} s, ${recording.channels} channels, ${audio.length} bytes, SHA-256 right, ${pairs} peaks`,
  );
}

/** The call as soon as a sentence was spoken to its end: told by CALL_UPDATED, or by what came with it. */
async function callOnceSpoken(next: NextEvent, name: string) {
  const isSpoken = ({ call }: { call?: { steps: SpokenStep[] } | null }) =>
    call?.steps.some((step) => step.name === name && step.outcome !== null) ?? false;
  const { call } = await next('CallEvent', 'CALL_UPDATED', isSpoken);
  return had(call, 'the call is gone');
}

async function readTranscript(next: NextEvent, say: Say): Promise<void> {
  const { call } = await next('TranscriptEvent', 'TRANSCRIPT_READY');
  const { segments, engine, model, redactions } = had(call?.transcript, 'there is no transcript');
  say('transcribed', `${segments.length} segments by ${engine} ${model}, ${redactions} redacted`);
  for (const { startMs, speaker, text } of segments) {
    say('', `  ${clock(startMs)} ${speaker.toLowerCase().padEnd(6)} ${text}`);
  }
  must(
    segments.some(({ text }) => text.includes('[CARD_NUMBER]')),
    'the card number was not redacted',
  );
}

interface SpokenStep {
  name: string;
  startedAt: string;
  endedAt?: string | null;
  outcome?: string | null;
}

function stepOf(call: { steps: SpokenStep[] }, name: string, outcome: string): string {
  const step = call.steps.find((one) => one.name === name);
  must(step?.outcome === outcome, `the step ${name} was not ${outcome}`);
  const seconds = (Date.parse(step?.endedAt ?? '') - Date.parse(step?.startedAt ?? '')) / 1_000;
  return `${outcome} to the end`.concat(seconds > 0 ? ` in ${seconds.toFixed(1)} s` : '');
}
