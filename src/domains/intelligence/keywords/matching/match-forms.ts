// The forms of a word as one: leak, leaks, leaked and leaking; break and broke; big and bigger. Inflections alone, in the
// manner of Porter's first step: by his later ones lateral is later, customer is custom and united is unit. Both sides of a
// comparison go through here, so only that matters which words come out the same.
import { spellingOf } from './match-spelling.ts';

const VOWELS = /[aeiou]|(?<![aeiou]|^)y/g;
const shapeOf = (word: string) => word.replaceAll(VOWELS, 'V').replaceAll(/[^V]/g, 'C');
/** how often a consonant follows a vowel: hop 1, visit 2 */
const measureOf = (word: string) => shapeOf(word).split('VC').length - 1;
/** what an e makes another word of: hop and hope, sid and side, ag and age */
function isShort(word: string): boolean {
  const shape = shapeOf(word);
  return shape === 'VC' || (shape.endsWith('CVC') && !/[wxy]$/.test(word));
}
/** "agreed" is of agree, and "need" of no other word */
const AGREED = /(?:agr|guarant|fr|refer|decr)eed$/;

function withoutS(word: string): string {
  if (/ies$/.test(word)) return word.slice(0, word.length === 4 ? -1 : -2);
  return /.[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  if (/ied$/.test(word)) return word.slice(0, word.length === 4 ? -1 : -2);
  if (/eed$/.test(word)) return AGREED.test(word) ? word.slice(0, -1) : word;
  const [, head = ''] = /^(.+)(?:ed|ing)$/.exec(word) ?? [];
  if (!shapeOf(head).includes('V')) return word;
  if (/([^aeiouflsz])\1$/.test(head)) return head.slice(0, -1);
  // hoping, suing
  const takesE = measureOf(head) === 1 ? isShort(head) : /^(?:[^aeiou]+|que)u$/.test(head);
  return takesE ? `${head}e` : head;
}

/** What a word and its regular forms share; no word that anybody says. */
function rootOf(word: string): string {
  const bare = withoutEnding(withoutS(word)).replace(/(?<=.[^aeiou])y$/, 'i');
  const head = bare.slice(0, -1);
  const measure = measureOf(head);
  if (bare.endsWith('e')) return measure > 1 || (measure === 1 && !isShort(head)) ? head : bare;
  return bare.endsWith('ll') && measure > 1 ? head : bare;
}

/**
 * Forms that no rule makes; the first of each is the word. Behind = stand words that rules would take for others. Of forms
 * that are words of their own (left, lives, bit, rose, ground) each is its own.
 */
const IRREGULAR = `
add adds added adding; be am is are was were been being; become became; begin began begun; bend bent; bite bitten; bleed bled;
blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt; bus buses; buy bought; catch caught;
child children; choose chose chosen; cling clung; come came; creep crept; deal dealt; die dies died dying; dig dug;
do does did done doing; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; dye dyes dyed dyeing; eat ate eaten;
err errs erred erring; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; foot feet;
forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; gas gases; get got gotten;
give gave given; go went gone goes going; goose geese; grow grew grown; half halves; hang hung; have has had having; hear heard;
hide hid hidden; hold held; keep kept; kneel knelt; knife knives; know knew known; lay laid; lead led; leaf leaves; leap leapt;
learn learnt; lend lent; lens lenses; lie lies lied lying lain; loaf loaves; lose lost; louse lice; make made; man men;
mean meant; meet met; menu menus; mistake mistook mistaken; misunderstand misunderstood; mouse mice; overpay overpaid;
oversee oversaw overseen; overtake overtook overtaken; panic panicked panicking; pay paid; person persons people; prove proven; quiz quizzes;
rebuild rebuilt; redo redoes redid redone; repay repaid; rewrite rewrote rewritten; ride rode ridden; ring rang rung; rise risen;
run ran; say said; see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken; shelf shelves; shine shone;
 show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid;
speak spoke spoken; speed sped; spell spelt; spend spent; spill spilt; spin spun; spoil spoilt; stand stood; steal stole stolen;
stick stuck; sting stung; stink stank stunk; strike struck stricken; swear swore sworn; sweep swept; swell swollen;
swim swam swum; swing swung; take took taken; taxi taxis; teach taught; tear tore torn; tell told; thief thieves; think thought;
throw threw thrown; tie ties tied tying; tooth teeth; understand understood; undo undoes undid undone; wake woke woken;
wear wore worn; weep wept; wife wives; win won; withdraw withdrew withdrawn; wolf wolves; woman women; write wrote written;
=bed beds; =binge binges; =business businesses; =caste castes; =clause clauses; =clothes clothe clothing; =coupe coupes;
=earring earrings; =envelope envelopes; =evening evenings; =finale finales; =forte; =heroine heroines; =humane; =inning innings;
=lining linings; =locale locales; =lunge lunges lunged lunging; =morale; =news; =one ones; =outing outings; =past;
=paste pastes pasted pasting; =quite; =range ranges ranged ranging; =rationale; =rout routs; =severe severer; =siding sidings;
=silicone; =ski skis skied skiing; =stocking stockings; =suite suites; =tired; =unit units; =united;
=use uses used using; =wedding weddings; =willing; =yes`;

/** Nouns that say the same as their verb. */
const OF_VERBS = `
adjust adjustment; assess assessment; cancel cancelation; confirm confirmation; consult consultation; donate donation;
estimate estimation estimator; evaluate evaluation; injure injury; inspect inspection; install installation;
relocate relocation; renovate renovation; replace replacement; reserve reservation; restore restoration; vaccinate vaccination`;

/** Adjectives, but those whose -er is a word of its own: a cleaner, a dryer, later. */
const COMPARED = `
angry big bright broad busy cheap clear close cold dark deep dirty early easy fair fast fine fresh funny great happy hard
healthy heavy high hot large lazy long loud lucky narrow near neat new nice noisy old poor pretty quick quiet rare rich rough
rude sad safe sharp short sick simple slow small smart smooth soft strange strong sunny sweet tall thick thin tight tiny tough
ugly warm weak wet wide wild young`;

function comparisonOf(word: string): string[] {
  const bare = word.replace(/e$/, '').replace(/(?<=[^aeiou])y$/, 'i');
  const head = bare === word && isShort(word) ? word + word.slice(-1) : bare;
  return [word, `${head}er`, `${head}est`];
}

const listOf = (lines: string) => lines.split(';').map((line) => line.trim().split(/\s+/));
const ROOTS: ReadonlyMap<string, string> = new Map(
  [...listOf(IRREGULAR), ...COMPARED.trim().split(/\s+/).map(comparisonOf)].flatMap(
    ([first = '', ...others]) => {
      const word = first.replace('=', '');
      const root = first === word ? rootOf(word) : first;
      return [word, ...others].map((form) => [form, root] as const);
    },
  ),
);
/** The verb's root, by the noun's. */
const VERBS: ReadonlyMap<string, string> = new Map(
  listOf(OF_VERBS).flatMap(([verb = '', ...nouns]) =>
    nouns.map((noun) => [rootOf(noun), rootOf(verb)] as const),
  ),
);

/** Forms of two words: the other one. */
const OF_ANOTHER: ReadonlyMap<string, string> = new Map([['leaves', 'leave']]);

/** The word that a form is of beside the one that it is taken for: "leaves" are of a leaf, and she leaves. */
export function otherWordOf(form: string): string | undefined {
  return OF_ANOTHER.get(form);
}

/** What all forms of a word share (English). */
export function stemOfWord(word: string): string {
  const spelled = spellingOf(word);
  const root = ROOTS.get(spelled) ?? rootOf(spelled);
  return VERBS.get(root) ?? root;
}
