// The embedded engine on the longer shared call (83 s, MP3), with redaction of what it heard. Needs ../shared/audio.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createMoonshine } from '#platform/speech/index.ts';
import { measureWordErrors } from './word-errors.ts';

const CALL = path.resolve('../shared/audio/plumbing-call-dual.mp3');
const TRUTH = path.resolve('../shared/audio/plumbing-call.truth.json');

interface Truth {
  channels: string[];
  utterances: { who: string; text: string }[];
}

it.skipIf(!existsSync(CALL))(
  'hears the shared call with under 15 % word errors a side',
  async () => {
    const { channels, utterances }: Truth = JSON.parse(await readFile(TRUTH, 'utf8'));
    const engine = createMoonshine();
    const { segments } = await engine.transcribe(CALL, {});
    await engine.stop();
    for (const [channel, who] of channels.entries()) {
      const said = utterances.filter((turn) => turn.who === who).map((turn) => turn.text);
      const heard = segments.filter((segment) => segment.channel === channel);
      const rate = measureWordErrors(
        said.join(' '),
        heard.map((segment) => segment.text).join(' '),
      );
      console.log(`${who}: word error rate ${(rate * 100).toFixed(1)} %`);
      expect(rate).toBeLessThan(0.15);
      expect(heard).toHaveLength(said.length);
    }
  },
);
