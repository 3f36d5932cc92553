// The story that the demo tells, every step of it seen through the public API: a number is bought, somebody calls, is
// announced, recorded, put through and written down.
import { createHash } from 'node:crypto';
import type { Api, Data } from './api.ts';

/** One line of the demo's table. */
export interface Step {
  name: string;
  seen: string;
  /** ms since the story began */
  afterMs: number;
}

const EVENTS = `subscription Story {
  events {
    type
    cursor
    ... on NumberEvent { phoneNumber { number status } }
    ... on LeadEvent { lead { id name phoneNumbers } }
    ... on CallEvent {
      reason
      call {
        id state outcome from to firstCall priorCalls durationSeconds ringSeconds talkSeconds
        source { name } tracker { name }
        steps { name startedAt endedAt outcome }
        recording { state url durationSeconds channels noticeEndedAt startedAt sha256
                    peaks { samplesPerSecond channels { values } } }
      }
    }
    ... on TranscriptEvent {
      reason
      call { transcript { engine model language redacted redactions
                          segments { speaker startMs text uncertain } } }
    }
  }
}`;

const CREATE_TRACKER = `mutation Track($input: CreateTrackerInput!) {
  createTracker(input: $input) { tracker { id name } userErrors { code message field } }
}`;

const PLACE_CALL = `mutation Place($input: PlaceSandboxCallInput!) {
  placeSandboxCall(input: $input) { to userErrors { code message field } }
}`;

/**
 * Plays the story to its end.
 * @param tell is given each step as soon as it was seen
 * @throws when a step does not come within `patienceMs`, or is not as it must be
 */
export async function playStory(
  api: Api,
  tell: (step: Step) => void,
  patienceMs = 120_000,
): Promise<void> {
  const began = performance.now();
  const say = (name: string, seen: string) =>
    tell({ name, seen, afterMs: Math.round(performance.now() - began) });
  const late = setTimeout(() => {
    api.close();
  }, patienceMs);
  const events = api.follow(EVENTS);
  try {
    const next = reader(events);
    const { viewer, companies } = await api.ask(
      '{ viewer { account { name mode } } companies(first: 1) { nodes { id name } } }',
    );
    const [company] = companies.nodes;
    say('signed in', `${viewer.account.name} (${viewer.account.mode}), ${company.name}`);

    const { availablePhoneNumbers } = await api.ask(
      '{ availablePhoneNumbers(areaCode: "415") { phoneNumber } }',
    );
    const { phoneNumber } = availablePhoneNumbers[0];
    const { createTracker } = await api.ask(CREATE_TRACKER, {
      input: {
        companyId: company.id,
        name: 'Search ad',
        source: { name: 'Google Ads', medium: 'cpc', campaign: 'garage doors' },
        destination: '+12125550180',
        number: { phoneNumber },
        greeting: 'Thank you for calling. This call may be recorded.',
        whisper: 'Call from [source].',
        recording: true,
        transcription: true,
        idempotencyKey: `demo-${Date.now()}`,
      },
    });
    const bought = await next('NUMBER_STATUS_CHANGED', (e) => e.phoneNumber.status === 'ACTIVE');
    say('number bought', `${bought.phoneNumber.number} leads to "${createTracker.tracker.name}"`);

    await api.ask(PLACE_CALL, {
      input: {
        trackerId: createTracker.tracker.id,
        from: '+14155550134',
        callerName: 'R MILLER',
        dialogue: 'garage-door',
      },
    });
    const { lead } = await next('LEAD_CREATED');
    const { call: ringing } = await next('CALL_RINGING');
    say('call arrives', `${ringing.from} dials ${ringing.to}, source ${ringing.source.name}`);
    say('lead made', `${lead.name}, first call: ${ringing.firstCall}`);

    const { call: answered } = await next('CALL_ANSWERED');
    say('announced', stepOf(answered, 'greeting', 'spoken'));
    must(answered.recording.noticeEndedAt, 'the recording has no notice');
    say('recording', `${answered.recording.state}, after the notice ended`);
    say('whispered', stepOf(answered, 'whisper', 'spoken'));
    say('bridged', `after ${answered.ringSeconds} s of ringing`);

    const { call: ended } = await next('CALL_ENDED');
    say(
      'ended',
      `${ended.outcome}, ${ended.talkSeconds} s of talk, ${ended.durationSeconds} s in all`,
    );

    const { call: recorded } = await next('CALL_RECORDING_READY');
    const { recording } = recorded;
    const audio = Buffer.from(await (await fetch(recording.url)).arrayBuffer());
    const sum = createHash('sha256').update(audio).digest('hex');
    must(sum === recording.sha256, 'the recording does not have its checksum');
    const pairs = recording.peaks.channels[0].values.length / 2;
    say(
      'recording stored',
      `${recording.durationSeconds.toFixed(1)} s, ${recording.channels} channels, ${audio.length} bytes, SHA-256 right, ${pairs} peaks`,
    );

    const { call: written } = await next('TRANSCRIPT_READY');
    const { segments, engine, model, redactions } = written.transcript;
    say('transcribed', `${segments.length} segments by ${engine} ${model}, ${redactions} redacted`);
    for (const segment of segments) {
      say(
        '',
        `  ${clock(segment.startMs)} ${segment.speaker.toLowerCase().padEnd(6)} ${segment.text}`,
      );
    }
    must(
      segments.some((segment: Data) => segment.text.includes('[CARD_NUMBER]')),
      'the card number was not redacted',
    );
  } finally {
    clearTimeout(late);
    await events.return?.();
  }
}

/** Reads the stream up to the next event of a type; events in between are other steps' and were or will be read. */
function reader(events: AsyncIterableIterator<Data>) {
  const seen: Data[] = [];
  return async (type: string, fits: (event: Data) => boolean = () => true): Promise<Data> => {
    const at = seen.findIndex((event) => event.type === type && fits(event));
    if (at >= 0) return seen.splice(at, 1)[0];
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error(`The event ${type} did not come.`);
      const { events: event } = value;
      if (/FAILED/.test(event.type)) throw new Error(`${event.type}: ${event.reason}`);
      if (event.type === type && fits(event)) return event;
      seen.push(event);
    }
  };
}

function stepOf(call: Data, name: string, outcome: string): string {
  const step = call.steps.find((one: Data) => one.name === name);
  must(step?.outcome === outcome, `the step ${name} was not ${outcome}`);
  const seconds = (Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1_000;
  return `${outcome} to the end`.concat(seconds > 0 ? ` in ${seconds.toFixed(1)} s` : '');
}

function clock(ms: number): string {
  return `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${((ms % 60_000) / 1_000).toFixed(1).padStart(4, '0')}`;
}

function must(holds: unknown, otherwise: string): void {
  if (!holds) throw new Error(`The story went wrong: ${otherwise}.`);
}
