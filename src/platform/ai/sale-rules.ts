// How something is bought, and how it is told that it will not be.
import { OTHERS } from './deal-acts.ts';
import type { SignalRule } from './signal-rule.ts';
import { either } from './time-words.ts';

const THING =
  "(?:it|that|this|them|those|one|two|the|your)\\b(?!.{0,20}\\b(?:slots?|appointment|opening|o['’]clock|a\\.?m|p\\.?m|morning|afternoon|evening|bus|train|call|day|week)\\b)";
/** A customer takes it. */
export const TAKEN: SignalRule = {
  signal: 'SALE_MADE',
  by: 'CALLER',
  says: either(
    `(?:i|we)(?:['’]ll| will) (?:take|buy|order|purchase|go with|go ahead with) (?!${OTHERS})${THING}`,
    `(?:i|we)(?:['’]ve| have)? decided (?:to (?:take|buy|order|purchase|go (?:ahead )?with)|on) (?!${OTHERS})${THING}`,
    `(?:i|we)(?:['’]m| am|['’]re| are) (?:going to|gonna) (?:buy|order|purchase|go (?:ahead )?with) (?!${OTHERS})${THING}`,
  ),
  isPlain: true,
  asks: false,
  needsTopic: false,
};

/** Something was bought. */
export const SALE_MADE: SignalRule = {
  signal: 'SALE_MADE',
  by: 'ANY',
  says: either(
    `your (?:order|purchase|payment|card|deposit|transaction) (?:is|has been|was|went|has gone) (?:all )?(?:placed|completed?|confirmed|received|through|approved|processed|accepted|charged|in\\b)`,
    `(?:i|we)(?:['’]ve| have)?(?: just)? (?:received|got|processed|taken|took) your (?:order|payment|deposit)\\b`,
    `(?:i|we)(?:['’]ve| have)?(?: just)? (?:placed|put in|put through|charged) (?:your|the) (?:order|card|payment|deposit)\\b`,
    `thank(?:s| you)(?: so much| very much)? for your (?:order|purchase|payment)\\b`,
  ),
  except: /\bi (?:can )?see (?:that |here |your )|\b(?:was|were) \w+ on\b/i,
  isPlain: true,
  asks: false,
  needsTopic: false,
};

const DENIED = "(?<!(?:\\b(?:not|never|be|without|no one|nobody)|n['’]t) )";
const ANOTHER =
  '(?:the (?:\\w+ )?(?:shop|company|guys?|place|people|outfit|folks|contractor|crew|firm|dealer(?:ship)?|store|vendor|printer|fella|man|lady|one) (?:over |out |down |up )?(?:in|on|by|from|at|across|over|next|who|that)|somebody|someone|another|a different|(?:one of )?your competitors?|the other|one of the other|a cheaper)';
/** The customer will not buy. */
export const SALE_LOST: SignalRule = {
  signal: 'SALE_LOST',
  by: 'CALLER',
  says: either(
    `(?<!(?:not|never|n['’]t|be|that) (?:all )?)too (?:expensive|pricey|high(?: for (?:me|us))|much money|rich for)\\b`,
    `${DENIED}(?:go(?:ing)?|went|gone|signed(?: up)?|stick(?:ing)?|stay(?:ing)?) with ${ANOTHER}\\b`,
    `${DENIED}(?:found|hired|chose|chosen|picked|using|got) (?:(?:somebody|someone) (?:else|cheaper)|another (?:company|shop|one|guy|contractor)|(?:a )?(?:better|cheaper|lower) (?:price|offer|deal|quote|one))\\b`,
    `(?:not|no longer|\\w+n['’]t) (?:really )?interested(?! in (?:the|a|any) other)\\b`,
    `i(?:['’]ll| will|['’]m going to|['’]m gonna) (?:have to )?pass(?! (?:it|that|this|by|the|you|on (?:the|your|that) (?:message|word|number|info\\w*))\\b)\\b`,
    `(?:can['’]?t|cannot|can not|could ?n['’]?t) (?:really )?afford (?:it|that|this|to (?:pay|spend|do))\\b`,
    `(?:out of|over|above|beyond|more than) (?:my|our) (?:budget|price range)\\b`,
    `decided (?:against (?:it|that|this|the)|not to (?:buy|do|go|take|proceed))\\b`,
    `(?:look|shop|try|go) (?:elsewhere|somewhere else)\\b`,
  ),
  isPlain: false,
  asks: false,
  needsTopic: false,
};
