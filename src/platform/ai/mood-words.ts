// What of a turn tells a mood: without greetings, thanks, apologies, names and the small words that a list of moods counts as
// good or bad ("yeah", "well", "no"); and the complaints that such a list does not know.
import { saidWords } from './sentences.ts';

// within a sentence: "with Joy", and not "I'm"
const NAME = /(?<=[\p{L}\p{N},]\s)(?!I\b)[A-Z][a-z]+(?:['’]s)?\b/gu;
const COURTESY =
  /\b(?:thank you(?: (?:so|very) much| for (?:calling|holding|waiting|your \w+))?|thanks(?: (?:so much|a lot|again|for \w+ing))?|have a (?:good|great|nice|wonderful|blessed|lovely) (?:one|day|night|evening|weekend|afternoon|rest)|good (?:morning|afternoon|evening|night|bye)|take care|no (?:problem|worries)|you're (?:very )?welcome|my pleasure|(?:how|what) (?:can|may) (?:i|we) (?:help|do for)(?: you)?|(?:can|may) i help(?: you)?|i (?:do )?appreciate (?:it|you|that)|an? (?:good|better|best) (?:time|number|day|place|way)|good (?:to know|to go)|(?:to|gotta|have to) be honest)\b/g;
// told of oneself; "sorry doesn't help" is none
const APOLOGY =
  /\b(?:(?:i'm|i am|we're|we are|so|very|really|terribly|and|i|we) )*(?:sorry|apologi[sz]e|apologies)\b(?! (?:does|doesn't|isn't|is|won't|excuse))(?: (?:for|about|to hear) (?:(?:that |this )?(?:mistake|trouble|delay|error|problem|wait|mix ?up)|that|this|it|(?:the|your|any|all) \w+(?: and \w+)?))?/g;
// "okay great so" goes on, and says nothing of what is great
const NOD =
  /\b(?:(?:okay|ok|alright|oh|yeah|and) )+(?:great|perfect|good|cool|nice|fine|excellent|awesome|sweet)(?! (?:job|work|help|service|news|people|experience|man)\b)|^very good$/g;
const LIKES = /(?<!\b(?:i|we|really|also|don't)) like\b|^like\b/g;
// "no" alone answers; before a word it denies it
const NO =
  /^(?:no )+|\bno (?=(?:i|we|he|she|they|it|that|sir|ma'am|no|not|you|there|don't)\b)|\bno$/g;
/** Of what a talk is about or how it goes on, and not of how somebody feels. */
const MOODLESS = new Set(
  `yeah yes yep yup okay ok well sure please alright pretty right fine true hi hello hey dear bye haha
   want wants help helps helped helping interested interest free save saved credit kind hope hoping wish care safe clean
   clear fresh strong security secure share party play top number charge charged pay paid cut leave alone drop stop stopped
   insurance special easy gift warm low sharp fire claim matter miss rather certain accept promise number ready award
   cancel cancelled canceled declined error warning demand rush hand chance chances value`.split(
    /\s+/,
  ),
);

/** The words of a text that may tell a mood, in their order. */
export function moodWords(text: string): string {
  const said = saidWords(text.replace(NAME, ' ')).join(' ');
  const plain = said
    .replace(COURTESY, ' ')
    .replace(APOLOGY, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .replace(NOD, ' ')
    .replace(LIKES, ' ')
    .replace(NO, ' ')
    .replace(/\bno\b/g, 'not');
  return plain
    .split(' ')
    .filter((word) => word !== '' && !MOODLESS.has(word))
    .join(' ');
}

const TIMES = '(?:twice|(?:two|three|four|five|six|ten|several|many|\\d+|\\w+teen) times)';
const COMPLAINT = new RegExp(
  `\\b(?:${[
    // it is not the first time
    "(?:second|third|fourth|fifth|sixth|last) (?:time|invoice|bill|call|message)\\b.{0,15}\\b(?:i|we)(?:'m|'ve|'re| have| am)? ?(?:had to |been |gotten|got|call|ask|complain|wait)",
    `(?:i've|i have|we've|we have|i) (?:already )?(?:called|asked|told|emailed|written|complained|been (?:here|there|calling))\\b.{0,25}\\b(?:${TIMES}|already)`,
    "(?:i've|i have|we've|i) (?:already )?left (?:\\w+ )?(?:messages|voicemails)",
    // who should have done something has not
    '(?:nobody|no one|not one (?:person|of you)|none of you)(?: \\w+){0,2} (?:call|show|c[ao]me|answer|return|respond|fix|listen|care|finish|told|help)\\w*',
    '(?:you|they|he|she|who)(?: guys)? never (?:even )?(?:\\w+ed|came|did|told|got|called|sent)',
    "(?:still|again)(?: \\w+)? (?:hasn't|haven't|isn't working|not working|broken|waiting)",
    '(?:on hold|wait(?:ing|ed)|sat here|sitting here)\\b.{0,20}\\b(?:hours?|minutes|days|weeks|forever|all (?:day|morning|afternoon))',
    '(?:took|missed|lost|wasted|wasting) (?:the|a|an|my|half a|another|all)(?: \\w+)? (?:day|morning|afternoon|hour|time|shift|work)',
    // money
    '(?:my|our) money back|(?:charged|billed) (?:me|us) (?:twice|double|again)|(?:over|double) ?charged|rip(?:ped|ping)?(?: \\w+)? off',
    "(?:not|won't|refuse) (?:going to )?pay(?:ing)? (?:a|another|for|one|you|it|this|that|till|until)",
    "(?:don't|do not) (?:want|need) to see another",
    // and the tone
    'you people|any good does it|do me any good|heard that (?:before|one)|(?:any|no|out of) patience|(?:he|she|you|they|somebody)(?: had)? better\\b(?! than)',
    "(?:sick|tired) (?:and tired )?of|fed up|had it with|don't (?:you )?ever|never (?:again|coming back|using)|like an idiot|how hard is it|(?:this|that|it)(?:'s| is) (?:a joke|not right|unacceptable|ridiculous)",
    '(?:call|calling|hear from) my (?:lawyer|attorney)|(?:better business|small claims|bad review|one star)|ready to close my',
  ].join('|')})`,
);

const PRAISE =
  /\b(?:life ?savers?|made my day|can't thank you enough|(?:was|were|is|are|been|you're|they're|he's|she's)(?: all)? so (?:careful|patient|polite|quick|thorough|gentle|professional))\b/;

/** Whether somebody is praised, in plain words. */
export function praises(text: string): boolean {
  return PRAISE.test(saidWords(text).join(' '));
}

/** Whether a customer complains, in plain words. */
export function complains(text: string): boolean {
  return COMPLAINT.test(saidWords(text).join(' '));
}
