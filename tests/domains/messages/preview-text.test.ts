// How texts are cut: at the edges of one part and of several, in both alphabets.
import { expect, it } from 'vitest';
import { previewText } from '#domains/messages/preview-text.ts';

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
