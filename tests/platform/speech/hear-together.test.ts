// What of a second hearing, several stretches in one go, is taken. A scripted recogniser stands in for the model's answers.

import { describe, expect, it } from 'vitest';
import { HeardTogether } from '#platform/speech/hear-together.ts';
import { SampleWindow } from '#platform/speech/sample-window.ts';
import { scripted } from './scripted-recognizer.ts';

const RATE = 16_000;
const PADDING = 0.3 * RATE;

const window = new SampleWindow();
window.append(new Float32Array(60 * RATE).fill(0.1));

/** What was heard alone of the seconds `from` to `to`. */
function alone(from: number, to: number, text: string) {
  const [start, end] = [from * RATE, to * RATE];
  const stretch = { start, end, paddedStart: start - PADDING, paddedEnd: end + PADDING };
  return { stretch, heard: { text, uncertain: text === '' } };
}

const textsOf = (all: { heard: { text: string } }[]) => all.map(({ heard }) => heard.text);

describe('hearing stretches together', () => {
  it('gives each its words of what was heard of both, without the silence between', async () => {
    const recognizer = scripted(() => 'I have a leak in my kitchen. Could you come tomorrow?');
    const together = new HeardTogether(recognizer, []);
    expect(await together.add(alone(1, 4, 'I have a leak in Mikey chin'), window)).toEqual([]);
    expect(await together.add(alone(20, 23, 'Good you come to morrow'), window)).toEqual([]);
    const done = await together.finish();
    expect(textsOf(done)).toEqual(['I have a leak in my kitchen.', 'Could you come tomorrow?']);
    expect(done.map(({ stretch }) => stretch.start / RATE)).toEqual([1, 20]);
    expect(recognizer.asked).toEqual([3.6 + 3.6]);
  });

  it('hears the paddings between two neighbours once', async () => {
    const recognizer = scripted(() => 'one two three four');
    const together = new HeardTogether(recognizer, []);
    await together.add(alone(1, 3, 'one two'), window);
    await together.add(alone(3.4, 5, 'three four'), window);
    await together.finish();
    expect(recognizer.asked[0]).toBeCloseTo(0.3 + 4 + 0.3, 3);
  });

  it('begins anew where the next would make it longer than the longest stretch, and hears what fits of those before once more', async () => {
    const answers = [
      'this is a part of it, and this is another one of it',
      'and this is an other one of it. the third and last one, please',
    ];
    const recognizer = scripted(() => answers.shift() ?? '');
    const together = new HeardTogether(recognizer, []);
    await together.add(alone(1, 8, 'this is a part of it'), window);
    await together.add(alone(10, 17, 'and this is another one of it'), window);
    const done = await together.add(alone(20, 27, 'the third and last one peas'), window);
    expect(textsOf(done)).toEqual(['this is a part of it,', 'and this is another one of it']);
    expect(textsOf(await together.finish())).toEqual(['the third and last one, please']);
    expect(recognizer.asked).toEqual([7.6 + 7.6, 7.6 + 7.6]);
    // what was given back before stays as it was
    expect(textsOf(done)).toEqual(['this is a part of it,', 'and this is another one of it']);
  });

  it('hears nothing once more for a stretch of which nothing was understood', async () => {
    const recognizer = scripted(() => 'My number, please. Thanks a lot.');
    const together = new HeardTogether(recognizer, []);
    await together.add(alone(1, 3, 'my number please'), window);
    await together.add(alone(5, 7, 'thanks a lot'), window);
    await together.finish();
    await together.add(alone(9, 11, ''), window);
    expect(textsOf(await together.finish())).toEqual(['']);
    expect(recognizer.asked).toHaveLength(1);
  });

  it('hears a stretch by itself no second time', async () => {
    const recognizer = scripted(() => 'something else');
    const together = new HeardTogether(recognizer, []);
    await together.add(alone(1, 8, 'hello'), window);
    expect(textsOf(await together.finish())).toEqual(['hello']);
    expect(recognizer.asked).toEqual([]);
  });

  it.each([
    ['is a loop', `call me at${' 1111'.repeat(40)}`],
    ['is nothing', ''],
  ])('keeps what was heard alone where the answer %s', async (_name, answer) => {
    const together = new HeardTogether(
      scripted(() => answer),
      [],
    );
    await together.add(alone(1, 4, 'call me at one one'), window);
    await together.add(alone(6, 9, 'thank you'), window);
    expect(textsOf(await together.finish())).toEqual(['call me at one one', 'thank you']);
  });

  it('leaves out a stretch of which nothing was understood alone', async () => {
    const recognizer = scripted(() => 'My number, please. Thanks a lot.');
    const together = new HeardTogether(recognizer, []);
    await together.add(alone(1, 3, 'my number please'), window);
    await together.add(alone(5, 7, ''), window);
    await together.add(alone(9, 11, 'thanks a lot'), window);
    const done = await together.finish();
    expect(textsOf(done)).toEqual(['My number, please.', '', 'Thanks a lot.']);
    expect(done.map(({ heard }) => heard.uncertain)).toEqual([false, true, false]);
    expect(recognizer.asked).toEqual([2.6 + 2.6]);
  });

  it('expects the words that were heard in one of them alone more than the others', async () => {
    const recognizer = scripted(
      () => 'I have a leak. Could you send a quote for the entire roofing?',
    );
    const together = new HeardTogether(recognizer, ['leak', 'quote', 'furnace', 'tire', 'roof']);
    await together.add(alone(1, 4, 'I have a Leak'), window);
    await together.add(alone(20, 23, 'Could you send a goat for the entire roofing'), window);
    await together.finish();
    const [{ expected } = { expected: new Map() }] = recognizer.hearings;
    expect(expected.get('leak')).toBeGreaterThan(expected.get('quote') ?? 0);
    expect(expected.get('quote')).toBe(expected.get('furnace'));
    // "entire" is no tire
    expect(expected.get('tire')).toBe(expected.get('furnace'));
    expect(expected.get('roof')).toBe(expected.get('leak'));
  });
});
