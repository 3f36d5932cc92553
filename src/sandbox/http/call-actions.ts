// What each call control action does to a live leg. Every entry checks its body, acts, and returns the `data` of the
// answer.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Sound, soundMs } from '../audio/frames.ts';
import { humOf } from '../audio/hum.ts';
import { dtmfTone } from '../audio/tones.ts';
import type { Carrier } from '../carrier.ts';
import { answerLeg, bridgeLegs, hangUpLeg } from '../legs/exchange.ts';
import { findLeg } from '../legs/find-leg.ts';
import { endGather, startGather } from '../legs/gather.ts';
import type { LiveLeg } from '../legs/live-leg.ts';
import { ourSide } from '../legs/machine.ts';
import { looped, playFile } from '../legs/play-file.ts';
import { play, stopPlaying } from '../legs/player.ts';
import { recordFromAnswer } from '../legs/record-from-answer.ts';
import { startRecording } from '../legs/recorder.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import { type Body, bodies } from './bodies.ts';

export type CallAction = (
  carrier: Carrier,
  live: LiveLeg,
  body: unknown,
) => Promise<object> | object;

const DONE = { result: 'ok' };

/** Reads the body, keeps its client_state for all later webhooks of the leg, then acts. */
function action<Kind extends keyof typeof bodies>(
  kind: Kind,
  work: (
    carrier: Carrier,
    live: LiveLeg,
    body: Body<Kind>,
    clientState: string | null,
  ) => Promise<object> | object,
): CallAction {
  return async (carrier, live, given) => {
    const body = parseBody(bodies[kind] as unknown as z.ZodType<Body<Kind>>, given);
    const { client_state: clientState } = body as { client_state?: string };
    const before = live.leg.clientState;
    if (clientState !== undefined) live.leg = { ...live.leg, clientState };
    try {
      return await work(carrier, live, body, live.leg.clientState);
    } catch (error) {
      live.leg = { ...live.leg, clientState: before };
      throw error;
    }
  };
}

function mustBeAnswered(live: LiveLeg): void {
  if (live.leg.answeredMs === null) throw refusals.notAnswered();
}

function pickRecorders(live: LiveLeg, id: string | undefined) {
  const picked = [...live.recorders].filter((recorder) => id === undefined || recorder.id === id);
  if (picked.length === 0)
    throw refusals.impossible('No such recording is under way on this call.');
  return picked;
}

export const callActions: Record<string, CallAction> = {
  answer: action('answer', (carrier, live, body) => {
    if (live.leg.direction !== 'incoming')
      throw refusals.impossible('Only an incoming call can be answered.');
    const recordingId = recordFromAnswer(carrier, live, body);
    answerLeg(carrier, live);
    return recordingId === null ? DONE : { ...DONE, recording_id: recordingId };
  }),
  reject: action('reject', (carrier, live, body) => {
    if (live.leg.direction !== 'incoming' || live.leg.answeredMs !== null) {
      throw refusals.impossible(
        'Only an incoming call that has not been answered can be rejected.',
      );
    }
    hangUpLeg(carrier, live, body.cause === 'USER_BUSY' ? 'user_busy' : 'call_rejected', 'callee');
    return DONE;
  }),
  hangup: action('hangup', (carrier, live) => {
    const unanswered = live.leg.answeredMs === null && live.leg.direction === 'outgoing';
    hangUpLeg(
      carrier,
      live,
      unanswered ? 'originator_cancel' : 'normal_clearing',
      ourSide(live.leg),
    );
    return DONE;
  }),
  bridge: action('bridge', (carrier, live, body) => {
    mustBeAnswered(live);
    const other = findLeg(carrier, body.call_control_id);
    const park = body.park_after_unbridge === 'self' ? { park: true } : {};
    bridgeLegs(carrier, live, other, { preventDouble: body.prevent_double_bridge, ...park });
    return DONE;
  }),
  speak: action('speak', (carrier, live, body, clientState) => {
    mustBeAnswered(live);
    if (body.stop) stopPlaying(carrier, live, body.stop, 'cancelled');
    const item = looped(humOf(body.payload).samples, body.loop);
    play(carrier, live, { kind: 'speak', media: { url: null, name: null }, clientState, ...item });
    return DONE;
  }),
  playback_start: action('playback_start', async (carrier, live, body, clientState) => {
    mustBeAnswered(live);
    const {
      audio_url: url = null,
      media_name: name = null,
      playback_content: contentBase64 = null,
    } = body;
    if ([url, name, contentBase64].filter((one) => one !== null).length !== 1) {
      throw refusals.invalid(
        '/audio_url',
        'Give exactly one of audio_url, media_name and playback_content.',
      );
    }
    if (body.stop) stopPlaying(carrier, live, body.stop, 'cancelled');
    await playFile(carrier, live, { url, name, contentBase64, loop: body.loop, clientState });
    return DONE;
  }),
  playback_stop: action('playback_stop', (carrier, live, body) => {
    mustBeAnswered(live);
    stopPlaying(carrier, live, body.stop, 'cancelled');
    return DONE;
  }),
  record_start: action('record_start', (carrier, live, body, clientState) => {
    if (live.leg.answeredMs === null) throw refusals.recordingBeforeAudio();
    startRecording(carrier, live, {
      id: randomUUID(),
      channels: body.channels,
      track: body.recording_track,
      playBeep: body.play_beep,
      maxLengthSeconds: body.max_length,
      silenceSeconds: body.timeout_secs,
      clientState,
    });
    return DONE;
  }),
  record_stop: action('record_stop', (_carrier, live, body) => {
    for (const recorder of pickRecorders(live, body.recording_id)) recorder.stop();
    return DONE;
  }),
  record_pause: action('record_pause', (_carrier, live, body) => {
    for (const recorder of pickRecorders(live, body.recording_id)) recorder.paused = true;
    return DONE;
  }),
  record_resume: action('record_resume', (_carrier, live, body) => {
    for (const recorder of pickRecorders(live, body.recording_id)) recorder.paused = false;
    return DONE;
  }),
  transcription_start: action('transcription_start', (_carrier, live, body, clientState) => {
    mustBeAnswered(live);
    if (live.transcription) throw refusals.transcribing();
    const { transcription_engine: engine, transcription_tracks: tracks } = body;
    live.transcription = { engine, tracks, clientState };
    return DONE;
  }),
  transcription_stop: action('transcription_stop', (_carrier, live) => {
    live.transcription = null;
    return DONE;
  }),
  gather: action('gather', (carrier, live, body, clientState) => {
    mustBeAnswered(live);
    const digits = digitsOf(body, 1);
    const firstDigitMs = Math.min(body.initial_timeout_millis, body.timeout_millis);
    startGather(carrier, live, {
      digits,
      clientState,
      prompt: null,
      retryPrompt: null,
      firstDigitMs,
    });
    return DONE;
  }),
  gather_using_speak: action('gather_using_speak', (carrier, live, body, clientState) => {
    mustBeAnswered(live);
    const prompt: Sound = humOf(body.payload);
    const invalid = body.invalid_payload;
    startGather(carrier, live, {
      digits: digitsOf(body, body.maximum_tries),
      clientState,
      prompt,
      // Telnyx: invalid_payload "will be played back at the beginning of each prompt".
      retryPrompt: invalid === undefined ? null : humOf(`${invalid} ${body.payload}`),
      firstDigitMs: null,
    });
    return DONE;
  }),
  gather_stop: action('gather_stop', (carrier, live) => {
    endGather(carrier, live, 'cancelled');
    return DONE;
  }),
  send_dtmf: action('send_dtmf', (carrier, live, body) => {
    mustBeAnswered(live);
    let startMs = carrier.clock.now();
    for (const digit of body.digits) {
      // w and W are pauses of half a second and a second.
      const pauseMs = digit === 'w' ? 500 : digit === 'W' ? 1000 : null;
      const tone = pauseMs === null ? dtmfTone(digit, body.duration_millis) : null;
      if (tone) live.line.add(tone, startMs);
      startMs += (tone ? soundMs(tone) + 100 : pauseMs) ?? 0;
    }
    return DONE;
  }),
  client_state_update: action('client_state_update', () => DONE),
};

function digitsOf(body: Body<'gather'> | Body<'gather_using_speak'>, tries: number) {
  return {
    minimum: body.minimum_digits,
    maximum: body.maximum_digits,
    terminator: body.terminating_digit,
    valid: body.valid_digits,
    triesLeft: tries,
    digits: '',
    timeoutMs: body.timeout_millis,
    interDigitMs: body.inter_digit_timeout_millis,
  };
}
