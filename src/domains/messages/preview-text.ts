// How a text is cut into the parts that carriers bill and deliver.
import { SegmentedMessage } from 'sms-segments-calculator';

/** A text as carriers cut it. */
export interface TextPreview {
  encoding: 'GSM_7' | 'UCS_2';
  segments: number;
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
  return {
    encoding: isWide ? 'UCS_2' : 'GSM_7',
    segments: text === '' ? 0 : cut.segmentsCount,
    characters: cut.graphemes.length,
    wideCharacters: [...new Set(wide)],
  };
}
