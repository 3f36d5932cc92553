// Words that are one though they are written in two ways (colour, color). Both sides of a comparison go through here, so only
// that matters which words come out the same.

const IZED =
  'agon|apolog|author|cannibal|capital|categor|critic|custom|digit|econom|emphas|energ|equal|final|formal|harmon|ideal|immun|item|jeopard|legal|local|maxim|memor|minim|mobil|modern|monet|neutral|normal|optim|organ|penal|personal|pressur|priorit|public|real|recogn|sanit|special|stabil|standard|steril|subsid|summar|symbol|sympath|util|visual|winter';
/** British → American, by how a word begins or as a whole. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^((?:re|un|dis|de)?(?:${IZED}))is(e[drs]?|ers|ing|ations?|able)$`), '$1iz$2'],
  [/^(analy|paraly)[sz](e[drs]?|ing)$/, '$1z$2'],
  [
    /^(arm|behavi|clam|col|demean|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|rum|sav|tum|vap|vig)our/,
    '$1or',
  ],
  [/^((?:kilo|centi|milli)?met|lit|cent|theat|fib|calib)re(s?)$/, '$1er$2'],
  [/^centred$/, 'centered'],
  [/^(licen|defen|offen|preten)[cs](e[ds]?|ing)$/, '$1s$2'],
  [/^practis(e[ds]?|ing)$/, 'practic$1'],
  [/^(catal|dial|anal|monol)ogue(s?)$/, '$1og$2'],
  [/^enquir/, 'inquir'],
  [
    /^(cancel|counsel|dial|fuel|jewel|label|level|marvel|model|quarrel|signal|total|travel|tunnel)l(ed|ing|ers?|ations?)$/,
    '$1$2',
  ],
  [/^(instal|enrol|fulfil)(s|ments?)?$/, '$1l$2'],
  [/^(acknowledg|judg|ag)e(ments?|ing)$/, '$1$2'],
  [/^(tyre|plough|mould|kerb|cheque|pyjama|doughnut|programme)(s|d|ed|ing|y)?$/, '<$1>$2'],
];
const OTHERS = new Map([
  ['<tyre>', 'tire'],
  ['<plough>', 'plow'],
  ['<mould>', 'mold'],
  ['<kerb>', 'curb'],
  ['<cheque>', 'check'],
  ['<pyjama>', 'pajama'],
  ['<doughnut>', 'donut'],
  ['<programme>', 'program'],
]);
const WHOLE = new Map([
  ['alright', 'allright'],
  ['aluminium', 'aluminum'],
  ['grey', 'gray'],
  ['jewellery', 'jewelry'],
  ['ok', 'okay'],
]);

/** A word in the spelling that both ways of writing it share. */
export function spellingOf(word: string): string {
  const whole = WHOLE.get(word);
  if (whole) return whole;
  for (const [rule, into] of RULES) {
    if (rule.test(word)) {
      return word.replace(rule, into).replace(/^<\w+>/, (other) => OTHERS.get(other) ?? other);
    }
  }
  return word;
}
