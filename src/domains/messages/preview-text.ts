// How a text is cut into the parts that carriers bill and deliver.
import { SegmentedMessage } from 'sms-segments-calculator';

/** the carrier takes no more parts of one text */
export const MOST_SEGMENTS = 10;

/** A text as carriers cut it. */
export interface TextPreview {
  encoding: 'GSM_7' | 'UCS_2';
  segments: number;
  /** more than the carrier takes */
  isTooLong: boolean;
  /** as people count them */
  characters: number;
  /** the signs for which it is not GSM-7, each once */
  wideCharacters: string[];
}

/**
 * Cuts a text (3GPP TS 23.038): GSM-7 when all its signs are of that alphabet, 160 in one part or 153 in each of several;
 * else UCS-2, 70 or 67. A sign of the extension table, and one outside the basic plane, takes two places in one part.
 */
export function previewText(text: string): TextPreview {
  const cut = new SegmentedMessage(text);
  const isWide = cut.getEncodingName() === 'UCS-2';
  const wide = cut.encodedChars.filter((sign) => !sign.isGSM7).map(({ raw }) => raw);
  const segments = text === '' ? 0 : cut.segmentsCount;
  return {
    ...{ encoding: isWide ? 'UCS_2' : 'GSM_7', segments, isTooLong: segments > MOST_SEGMENTS },
    characters: cut.graphemes.length,
    wideCharacters: [...new Set(wide)],
  };
}

/**
 * What is wrong with the length of a text; null when the carrier takes it.
 * @param text as it is to be sent, with what is added to it
 */
export function faultOfLength(text: string): string | null {
  const { isTooLong, segments, wideCharacters } = previewText(text);
  if (!isTooLong) return null;
  const [sign] = wideCharacters;
  const room = sign
    ? `With “${sign}” in it that is 670 characters, without such ones 1,530: see previewMessage.`
    : 'That is 1,530 characters, of which some count twice: see previewMessage.';
  return `The text would be sent in ${segments} parts, with what the first one to somebody must say; the carrier takes ${MOST_SEGMENTS}. ${room}`;
}
