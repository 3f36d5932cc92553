// When the call machine has the carrier write a talk down, and when it ends that.
import { describe, expect, it } from 'vitest';
import { event, Line } from './telephone.ts';

const live = { language: 'en' };
const DONE = { outcome: 'DONE' as const, answer: {} };
const bridged = (plan: ConstructorParameters<typeof Line>[0] = {}) =>
  new Line({ live, ...plan }).hears(
    event('answered', 1),
    event('spoken', 5, { step: 'greeting' }),
    event('initiated', 6, { leg: 'destination', step: 'dial' }),
    event('answered', 8, { leg: 'destination', step: 'dial' }),
    event('spoken', 11, { leg: 'destination', step: 'whisper' }),
    event('bridged', 12, { step: 'bridge' }),
    event('bridged', 12.1, { leg: 'destination', step: 'bridge' }),
  );
const about = (line: Line, kind: string) => line.wanted.filter((one) => one.command.kind === kind);
const stepOf = (line: Line) => line.machine.steps.find(({ name }) => name === 'live-words');

describe('live words', () => {
  it('begin with the talk, once, in a lane of their own', () => {
    const line = bridged();
    expect(about(line, 'startTranscription')).toEqual([
      expect.objectContaining({
        lane: 'words',
        command: expect.objectContaining({ leg: 'control-a', language: 'en' }),
      }),
    ]);
    expect(line.machine.live).toBe('ASKED');
  });

  it.each([
    ['that are not wanted', { live: null }],
    ['of a talk that is not recorded', { record: false }],
  ])('%s never begin', (_, plan) => {
    const line = bridged(plan);
    expect(line.machine.phase).toBe('TALKING');
    expect(line.kinds()).not.toContain('startTranscription');
  });

  it('do not begin where the notice was not heard to its end', () => {
    const line = new Line({ live }).hears(event('answered', 1)).refuses('speak', 2);
    line.hears(
      event('initiated', 6, { leg: 'destination', step: 'dial' }),
      event('answered', 8, { leg: 'destination', step: 'dial' }),
      event('spoken', 11, { leg: 'destination', step: 'whisper' }),
      event('bridged', 12, { step: 'bridge' }),
    );
    expect(line.machine.phase).toBe('TALKING');
    expect(line.kinds()).not.toContain('startTranscription');
  });

  it('that the carrier refuses harm nothing, and the way of the call tells of it', () => {
    const line = bridged().refuses('startTranscription', 13);
    expect(line.machine).toMatchObject({ live: 'STOPPED', phase: 'TALKING' });
    expect(stepOf(line)?.outcome).toBe('refused: no');
    expect(line.takes({ kind: 'hush' }, 14).kinds()).not.toContain('stopTranscription');
  });

  it('end when they are switched off, once; and are asked to again when nobody answered', () => {
    const line = bridged().takes({ kind: 'hush' }, 20).takes({ kind: 'hush' }, 21);
    expect(about(line, 'stopTranscription')).toHaveLength(1);
    expect(stepOf(line)?.endedAt).toBe(null);
    const command = line.commands.findLast(({ kind }) => kind === 'stopTranscription');
    const result = { outcome: 'LAPSED' as const, detail: 'no answer' };
    if (command) line.takes({ kind: 'result', command, result }, 60).takes({ kind: 'hush' }, 61);
    expect(about(line, 'stopTranscription')).toHaveLength(2);
    if (command) line.takes({ kind: 'result', command, result: DONE }, 62);
    expect(stepOf(line)).toMatchObject({ outcome: 'switched off', endedAt: expect.any(String) });
  });

  it('that the carrier refuses to end go on, and it is asked again after a pause', () => {
    const line = bridged().takes({ kind: 'hush' }, 20).refuses('stopTranscription', 21);
    expect(line.machine.live).toBe('ASKED');
    expect(stepOf(line)).toMatchObject({ outcome: 'not switched off, refused: no', endedAt: null });
    line.takes({ kind: 'hush' }, 22).takes({ kind: 'hush' }, 50);
    expect(about(line, 'stopTranscription')).toHaveLength(1);
    line.takes({ kind: 'hush' }, 52).takes({ kind: 'hush' }, 53);
    expect(about(line, 'stopTranscription')).toHaveLength(2);
  });

  it('do not begin on a talk that is known of when it is over', () => {
    const line = new Line({ live }).hears(
      event('answered', 1),
      event('spoken', 5, { step: 'greeting' }),
      event('initiated', 6, { leg: 'destination', step: 'dial' }),
      event('answered', 8, { leg: 'destination', step: 'dial' }),
      event('spoken', 11, { leg: 'destination', step: 'whisper' }),
    );
    const command = line.commands.findLast(({ kind }) => kind === 'bridge');
    if (command) line.takes({ kind: 'result', command, result: DONE }, 12);
    line.hears(event('hungUp', 40, { step: 'bridge' }));
    expect(line.machine.bridgedAt).not.toBe(null);
    expect(line.kinds()).not.toContain('startTranscription');
  });

  it('of a call that is over are not asked to end', () => {
    const line = bridged().hears(event('hungUp', 40, { step: 'bridge' }));
    expect(line.takes({ kind: 'hush' }, 41).kinds()).not.toContain('stopTranscription');
    expect(line.machine.live).toBe('ASKED');
    expect(stepOf(line)?.outcome).toBe('ended');
  });
});
