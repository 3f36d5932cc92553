// How providers are told what is likely to be said: each in the way that its makers document, and well within its limits,
// since one that is told too much refuses the whole recording. Pure.
import { isTextOnly, type NamedProvider } from './name-provider.ts';

/**
 * Deepgram takes 500 tokens, OpenAI's Whisper reads 224. A token is a byte at the least, so Deepgram's limit is never passed;
 * of Whisper's, which cuts off what is beyond, English takes about half. It is some 50 words: as many as Deepgram advises.
 */
const MOST_BYTES = 450;
/** Of a word that stands alone only because its phrase may not: shorter ones are in every talk. */
const LEAST_LETTERS = 4;

/**
 * The `prompt` of OpenAI's transcriptions; null where nothing is to be told. To Whisper it is the text before the sound, of
 * which it takes the spelling, to the newer models an instruction.
 */
export function promptOf(
  { provider, model }: Pick<NamedProvider, 'provider' | 'model'>,
  vocabulary: readonly string[],
): string | null {
  // Telnyx documents none, and the model that tells speakers apart refuses it
  if (provider !== 'openai' || /-diarize/.test(model)) return null;
  const words = firstOf(vocabulary);
  if (words.length === 0) return null;
  return `${isTextOnly(model) ? 'Words to expect: ' : ''}${words.join(', ')}.`;
}

/** The parameters of Deepgram's /listen: Nova-3 takes phrases, those before it single words, others none. */
export function deepgramHints(
  model: string,
  vocabulary: readonly string[],
): [name: string, value: string][] {
  if (/^nova-3/.test(model)) return firstOf(vocabulary).map((one) => ['keyterm', one]);
  if (!/^(nova|enhanced|base)(-|$)/.test(model)) return [];
  const words = vocabulary.flatMap((one) => {
    const parts = one.split(' ');
    return parts.length === 1 ? parts : parts.filter(({ length }) => length >= LEAST_LETTERS);
  });
  return firstOf([...new Set(words)]).map((one) => ['keywords', one]);
}

/** As many as there is room for, each with what parts it from the next. */
function firstOf(vocabulary: readonly string[]): readonly string[] {
  let bytes = 0;
  const end = vocabulary.findIndex((one) => {
    bytes += Buffer.byteLength(one) + 2;
    return bytes > MOST_BYTES;
  });
  return end < 0 ? vocabulary : vocabulary.slice(0, end);
}
