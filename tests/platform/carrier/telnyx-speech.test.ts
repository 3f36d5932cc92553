// What the carrier writes down of a call, as the inbox and the one domain that reads it see it.
import { describe, expect, it } from 'vitest';
import { familyOf, readHead, speechSession, translateSpeech } from '#platform/carrier/index.ts';
import { transcriptionOf } from '#platform/carrier/telnyx-speech.ts';

const body = (heard: object = {}) => ({
  data: {
    event_type: 'call.transcription',
    id: 'said-1',
    occurred_at: '2026-03-02T15:00:00.000Z',
    payload: {
      call_session_id: 'session-1',
      transcription_data: {
        ...{ confidence: 0.9, is_final: true, transcript: ' Hello there. ' },
        ...{ transcription_track: 'inbound', ...heard },
      },
    },
  },
});

describe('call.transcription', () => {
  it('is read in a line of its own, once it is final', () => {
    expect(readHead(body())).toMatchObject({
      ...{ kind: 'call.transcription', session: speechSession('session-1') },
      ...{ isSpoken: true, isRead: true },
    });
    for (const is_final of [false, undefined, 'true']) {
      expect(readHead(body({ is_final }))).toMatchObject({ isSpoken: true, isRead: false });
    }
    expect(familyOf('call.transcription')).toBe('call.transcription');
    expect(familyOf('call.hangup')).toBe('call');
  });

  it.each([
    ['inbound', 'OWN'],
    ['outbound', 'OTHER'],
    [undefined, null],
    ['sideways', null],
  ])('of the track %s is said by %s', (transcription_track, side) => {
    expect(translateSpeech(body({ transcription_track }))).toEqual({
      ...{ id: 'said-1', session: 'session-1', side, text: 'Hello there.' },
      occurredAt: new Date('2026-03-02T15:00:00.000Z'),
    });
  });

  it.each(['en-US', 'EN', null])('of a company of %s is asked for in English', (language) => {
    const { transcription_engine_config: asked } = transcriptionOf(language);
    expect(asked.language).toBe('en');
  });

  it('without words cannot be read', () => {
    expect(() => translateSpeech(body({ transcript: undefined }))).toThrow(/transcript/);
  });
});
