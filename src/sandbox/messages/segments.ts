// How many parts a text is cut into on its way, and in which alphabet (3GPP TS 23.038 and 23.040).

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** each takes two places */
const EXTENSION = '\f^{}\\[~]|€';

/** The alphabet and the number of parts of a text. */
export function segmentsOf(text: string): { encoding: 'GSM-7' | 'UCS-2'; segments: number } {
  const signs = [...text];
  if (!signs.every((sign) => BASIC.includes(sign) || EXTENSION.includes(sign))) {
    return {
      encoding: 'UCS-2',
      segments: pack(
        signs.map((sign) => sign.length),
        70,
        67,
      ),
    };
  }
  const places = signs.map((sign) => (EXTENSION.includes(sign) ? 2 : 1));
  return { encoding: 'GSM-7', segments: pack(places, 160, 153) };
}

/** A sign that takes two places is not cut in two. */
function pack(places: readonly number[], alone: number, each: number): number {
  if (places.reduce((sum, one) => sum + one, 0) <= alone) return 1;
  let parts = 1;
  let used = 0;
  for (const one of places) {
    if (used + one > each) {
      parts += 1;
      used = 0;
    }
    used += one;
  }
  return parts;
}
