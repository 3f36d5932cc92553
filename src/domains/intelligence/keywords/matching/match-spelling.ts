// Words that are one though they are written in two ways (colour, color), and the forms of a word (leak, leaks; break,
// broke). Both sides of a comparison go through here, so only that matters which words come out the same.
import { stemmer } from 'stemmer';

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
    /^(cancel|counsel|dial|fuel|jewel|label|level|marvel|model|quarrel|signal|total|travel|tunnel)l(ed|ing|ers?)$/,
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

/** Words whose stem by rules is that of another word. */
const APART: ReadonlySet<string> = new Set(
  'bus business evening gas general important lens news on one organ past paste person university universe us use'.split(
    ' ',
  ),
);
/** Forms that no rule makes; the first of each is the word. */
const IRREGULAR = `
begin began begun; break broke broken; bring brought; build built; buy bought; bus buses; catch caught; child children;
choose chose chosen; come came; drive drove driven; fall fell fallen; feel felt; find found; foot feet; forget forgot forgotten;
freeze froze frozen; gas gases; get got gotten; give gave given; go went gone goes; grow grew grown; hear heard; hold held;
keep kept; knife knives; know knew known; lens lenses; lose lost; make made; man men; meet met; pay paid; person persons people;
sell sold; send sent; speak spoke spoken; spend spent; steal stole stolen; take took taken; teach taught; tear tore torn;
tell told; think thought; throw threw thrown; tooth teeth; wear wore worn; wife wives; woman women; write wrote written;
business businesses; evening evenings; news; use uses used using; us; one; on; important importance; university universities;
universe universes; organ organs; past; paste pastes pasted pasting; general generally; busy busier busiest`;

/** Stems of words that Porter's rules would take for others: business is not busy, evening not even, use not us. */
const STEMS: ReadonlyMap<string, string> = new Map(
  IRREGULAR.split(';').flatMap((line) => {
    const forms = line.trim().split(/\s+/);
    const [word = ''] = forms;
    const stem = stemmer(word);
    // a word whose own stem is another one's keeps apart; the others meet the forms that rules make (breaking → break)
    const own = APART.has(word) ? `=${word}` : stem;
    return forms.map((form): [string, string] => [form, own]);
  }),
);

/** What all forms of a word share (English, by Porter's stemmer, with irregular forms). */
export function stemOfWord(word: string): string {
  const spelled = spellingOf(word);
  return STEMS.get(spelled) ?? stemmer(spelled);
}
