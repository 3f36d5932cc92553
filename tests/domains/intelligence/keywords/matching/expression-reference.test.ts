// Any expression over any talk, against a reference that looks at every pair of words.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SpokenSegment } from '#domains/intelligence/keywords/spotting/scan-talk.ts';
import { expression, placesOf, talkOf } from '../../talk.ts';

const WORDS = ['leak', 'sink', 'price', 'refund'];
interface Said {
  word: string;
  speaker: SpokenSegment['speaker'];
  startMs: number;
  n: number;
  wordIndex: number;
}
interface Plain {
  text: string;
  judge(said: readonly Said[], endMs: number): { holds: boolean; places: Set<number> };
  couldBe(said: readonly Said[], endMs: number): boolean;
}

const seconds = fc.integer({ min: 1, max: 20 });
const term: fc.Arbitrary<Plain> = fc
  .record({
    word: fc.constantFrom(...WORDS),
    speaker: fc.constantFrom('', '', 'agent', 'caller'),
    window: fc.oneof(
      fc.constant(null),
      fc.record({ edge: fc.constantFrom('first', 'last', 'from'), a: seconds, b: seconds }),
    ),
  })
  .map(({ word, speaker, window }) => {
    const [from, to] = [(window?.a ?? 0) * 1_000, ((window?.a ?? 0) + (window?.b ?? 0)) * 1_000];
    const within =
      window &&
      (window.edge === 'from'
        ? `${window.a}s-${window.a + window.b}s`
        : `${window.edge}-${window.a}s`);
    const isHis = (one: Said) => !speaker || one.speaker === speaker.toUpperCase();
    const fits = ({ startMs }: Said, endMs: number) => {
      if (!window) return true;
      if (window.edge === 'first') return startMs < from;
      return window.edge === 'last' ? startMs >= endMs - from : startMs >= from && startMs < to;
    };
    return {
      text: `"${word}"${speaker && ` speaker:${speaker}`}${within ? ` within:${within}` : ''}`,
      judge(said, endMs) {
        const found = said.flatMap((one, at) =>
          one.word === word && isHis(one) && fits(one, endMs) ? [at] : [],
        );
        return { holds: found.length > 0, places: new Set(found) };
      },
      couldBe: (said, endMs) => said.some(isHis) && (window?.edge !== 'from' || from < endMs),
    };
  });
const near: fc.Arbitrary<Plain> = fc
  .tuple(term, fc.boolean(), fc.integer({ min: 1, max: 6 }), fc.boolean(), term)
  .map(([a, isNegated, size, isTimed, b]) => ({
    text: `${a.text} ${isNegated ? 'NOT ' : ''}NEAR/${size}${isTimed ? 's' : ''} ${b.text}`,
    judge(said, endMs) {
      const others = [...b.judge(said, endMs).places];
      const startOf = (at: number) => said[at]?.startMs ?? 0;
      const found = [...a.judge(said, endMs).places].filter(
        (at) =>
          others.some(
            (other) =>
              other !== at &&
              (isTimed
                ? Math.abs(startOf(at) - startOf(other)) <= size * 1_000
                : Math.abs(at - other) - 1 <= size),
          ) !== isNegated,
      );
      return { holds: found.length > 0, places: new Set(found) };
    },
    couldBe: (said, endMs) => a.couldBe(said, endMs) && b.couldBe(said, endMs),
  }));
const { tree } = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    near,
    tie('tree').map(
      ({ text, judge, couldBe }): Plain => ({
        text: `NOT (${text})`,
        judge: (said, endMs) => ({
          holds: !judge(said, endMs).holds && couldBe(said, endMs),
          places: new Set<number>(),
        }),
        couldBe,
      }),
    ),
    fc.tuple(fc.constantFrom('AND', 'OR'), tie('tree'), tie('tree')).map(
      ([kind, a, b]): Plain => ({
        text: `(${a.text}) ${kind} (${b.text})`,
        judge(said, endMs) {
          const parts = [a.judge(said, endMs), b.judge(said, endMs)];
          const holding = parts.filter(({ holds }) => holds);
          const holds = kind === 'AND' ? holding.length === 2 : holding.length > 0;
          return {
            holds,
            places: new Set(holds ? holding.flatMap(({ places }) => [...places]) : []),
          };
        },
        couldBe: (said, endMs) => a.couldBe(said, endMs) && b.couldBe(said, endMs),
      }),
    ),
  ),
}));
const lines = fc.array(
  fc
    .tuple(
      fc.constantFrom('C', 'A', 'U'),
      fc.array(fc.constantFrom(...WORDS, 'so'), { maxLength: 6 }),
    )
    .map(([speaker, words]) => `${speaker}: ${words.join(' ')}`),
  { maxLength: 8 },
);

it('any expression finds in any talk what the reference finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      tree,
      lines,
      fc.integer({ min: 0, max: 3_000 }),
      async (one, spoken, pauseMs) => {
        const talk = talkOf(spoken, pauseMs);
        const said = talk.flatMap(({ n, speaker, words }) =>
          (words as { text: string; startMs: number }[]).map(
            ({ text: word, startMs }, wordIndex): Said => ({
              word,
              speaker,
              startMs,
              n,
              wordIndex,
            }),
          ),
        );
        const endMs = Math.max(0, ...talk.map((segment) => segment.endMs));
        const { holds, places } = one.judge(said, endMs);
        const wanted = [...places]
          .sort((a, b) => a - b)
          .map((at) => `${said[at]?.n}:${said[at]?.wordIndex}+1`);
        const found = await placesOf(expression(one.text), talk);
        if (holds && wanted.length === 0) expect(found).toEqual([expect.stringMatching(/:0\+0$/)]);
        else expect(found).toEqual(wanted);
      },
    ),
    { seed: 20_261_126, numRuns: 1_000 },
  );
});
