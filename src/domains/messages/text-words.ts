// Whether two texts are nearly the same: letters sent in series differ in a name, a number, a link. Pure.

/** shorter texts differ too little by chance: they have to be equal. Of four or five words one may differ, as a name does */
const FEWEST_WORDS = 4;
/** of the longer one's words, in percent */
const COMMON_PERCENT = 70;

/** what withNotice adds to first texts is no part of what they say */
const NOTICE = /\n[^\n]*Reply STOP to opt out\.$/;

/** who is greeted at the beginning: "Hi Ann, ". Of bounded parts, over text whose gaps are one sign: whoever writes can try */
const GREETING =
  /^(?:hi|hello|hey|dear|hola|bonjour|good (?:morning|afternoon|evening))(?:[\s,]{1,3}[\p{L}’'.-]{1,40})?\s?[,!:;–—\n]{1,4}/iu;

/** The words that tell a text from another: without greeting, case, signs and links, and every number alike. */
export function wordsOf(text: string): string[] {
  return withoutGreeting(text.replace(NOTICE, '').normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/\bhttps?:\/\/\S+|\bwww\.\S+/g, ' ')
    .replaceAll(/\d+/g, '0')
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Who is greeted is no part of what is said, where anything is said behind it. */
function withoutGreeting(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, (gap) => (gap.includes('\n') ? '\n' : ' '));
  const said = plain.replace(GREETING, '');
  return /[\p{L}\p{N}]/u.test(said) ? said : plain;
}

/** Whether texts with these words are nearly the same. Texts without any word are like none. */
export function areAlike(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0) return false;
  if (Math.min(one.length, other.length) < FEWEST_WORDS) return one.join(' ') === other.join(' ');
  const [a, b] = [new Set(one), new Set(other)];
  const most = Math.max(a.size, b.size);
  const common = [...a].filter((word) => b.has(word)).length;
  return common * 100 >= most * COMMON_PERCENT;
}
