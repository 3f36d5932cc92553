// How texts are cut: at the edges of one part and of several, in both alphabets.
import { expect, it } from 'vitest';
import { systemViewer } from '#domains/accounts/index.ts';
import { previewText } from '#domains/messages/preview-text.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';

it.each([
  ['', 'GSM_7', 0, 0],
  ['a'.repeat(160), 'GSM_7', 1, 160],
  ['a'.repeat(161), 'GSM_7', 2, 161],
  ['a'.repeat(306), 'GSM_7', 2, 306],
  ['a'.repeat(307), 'GSM_7', 3, 307],
  // of the extension table: two places each
  ['€'.repeat(80), 'GSM_7', 1, 80],
  ['€'.repeat(81), 'GSM_7', 2, 81],
  ['ж'.repeat(70), 'UCS_2', 1, 70],
  ['ж'.repeat(71), 'UCS_2', 2, 71],
  ['ж'.repeat(134), 'UCS_2', 2, 134],
  ['ж'.repeat(135), 'UCS_2', 3, 135],
  ['👍'.repeat(35), 'UCS_2', 1, 35],
  ['👍'.repeat(36), 'UCS_2', 2, 36],
])('%j is %s in %i', (text, encoding, segments, characters) => {
  expect(previewText(text)).toMatchObject({ encoding, segments, characters });
});

it('names the signs that make it wide', () => {
  expect(previewText('Ça va? – “Oui”, ça va').wideCharacters).toEqual(['–', '“', '”', 'ç']);
});

it('is asked by API, up to 10,000 characters', async () => {
  const ask = (text: string) =>
    runOperation(
      schema,
      'query($text: String!) { previewMessage(text: $text) { encoding segments isTooLong characters wideCharacters } }',
      { text },
      {
        platform: {},
        viewer: systemViewer('00000000-0000-4000-8000-000000000001', 'TEST', 'town'),
      },
    );
  const shown = {
    encoding: 'UCS_2',
    segments: 1,
    isTooLong: false,
    characters: 3,
    wideCharacters: ['ж'],
  };
  expect((await ask('a жж'.slice(1))).data.previewMessage).toEqual(shown);
  expect((await ask('a'.repeat(10_000))).data.previewMessage).toMatchObject({
    ...{ segments: 66, isTooLong: true },
  });
  const { data, errors } = await ask('a'.repeat(10_001));
  expect(data?.previewMessage ?? null).toBeNull();
  expect(errors).toMatchObject([
    { message: 'text takes at most 10000 characters.', extensions: { code: 'BAD_INPUT' } },
  ]);
});
