// More ways of buying, of confirming what was bought, and of going away.
import type { SignalRule } from './signal-rule.ts';
import { COUNTED, either, NUMBER } from './time-words.ts';

const ILL = "(?:i|we)(?:['’]ll| will|['’]m going to|['’]re going to)(?: just)?";
const CARD =
  '(?:(?:my|our|the|this|that|same)(?: \\w+)? (?:card|visa|mastercard|account)|card on file)';

/** A customer buys, without asking for more. */
export const BUYS: SignalRule = {
  signal: 'SALE_MADE',
  by: 'CALLER',
  says: either(
    `(?:sign|put) (?:me|us) (?:up|down for (?:an?|the|${NUMBER}${COUNTED}) \\w+)(?! for (?:a|an|the) (?:appointment|visit|tour|lesson|class|consult\\w*))`,
    `count (?:me|us) in\\b`,
    `(?:charge|use|run|bill|put (?:it|that|this|them|everything) on|take it off) (?:it (?:to|on) )?${CARD}`,
    `ring (?:it|that|them|me|us) up\\b`,
    `wrap (?:it|that|them) up\\b`,
    `(?:it['’]?s|you(?:['’]ve| have)?(?: got)?|we(?:['’]ve| have)?(?: got)?|then that['’]?s) (?:yourself )?a deal\\b`,
    `${ILL} (?:have|take|order|buy|get|need) (?:the|an?|both|all|some|${NUMBER}) (?:of )?(?:those|them|these|the)\\b`,
    `(?:order|get|ship|send|reserve|hold) (?:it|one|that one|them|those) (?:for|to) (?:me|us)\\b`,
    `(?:go ahead|please) (?:and|with)? ?(?:order|ship|bring|send|deliver|charge|process|ring|place|wrap|run)\\b(?! (?:me|us) (?:an? |the |some )?(?:\\w+ )?(?:quote|brochure|e-?mail|link|info\\w*|letter|copy|catalog\\w*|invoice|receipt))`,
    `put my name on (?:that|this|it|them|one)\\b(?! (?:list|waiting|wait))`,
    `(?:set|put) (?:it|that|one|them|that one) (?:aside|back)(?: for (?:me|us))?\\b`,
    `(?:i|we)(?:['’]m| am|['’]re| are) sold\\b`,
    `you(?:['’]ve| have) (?:convinced|sold|persuaded) me\\b`,
    `(?:i|we)(?:['’]m|['’]re| am| are|['’]ve decided| have decided) (?:going|to go|gonna go) with (?:you|your)\\b`,
  ),
  except:
    /\b(?:last (?:time|week|month|year)|yesterday|my (?:neighbou?r|friend)|someone|somebody|estimate|technician|out here)\b/i,
  isPlain: true,
  asks: false,
  needsTopic: false,
};

/** An agent tells that money or an order was taken. */
export const SELLS: SignalRule = {
  signal: 'SALE_MADE',
  by: 'AGENT',
  says: either(
    `(?:(?:payment|card|deposit|charge|order|transaction|that|it)(?:['’]s| is| has| just| all)* (?:(?:gone|went|going|cleared|goes) through|approved|been (?:approved|accepted))|(?:card|payment|charge|that|it) (?:was|came back|got) (?:approved|accepted))\\b`,
    `(?:i|we)(?:['’]ve| have|['’]ll)?(?: just| now)? (?:charged|entered|placed|put|rung|processed|ran|run|took|taken|got|submitted|collected|charge|place|process) (?:in |through |up )?(?:your|the|that|a)(?: (?!post|business|gift)\\w+)? (?:order|card|payment|deposit|purchase|visa)\\b`,
    `(?:got|have|had) (?:you|it|that|them) (?:all )?(?:rung|charged) ?(?:up)?\\b`,
    `(?:your|the) (?:order|confirmation) (?:number|confirmation) is\\b`,
    `(?:it|they|that)(?:['’]s| is|['’]re| are) on order\\b`,
    `you(?:['’]re| are)(?: now| all)* (?:enrolled|signed up|covered(?= (?:as of|starting|effective|beginning|from (?:today|tonight|tomorrow|now|midnight)))|subscribed|registered|a member|paid(?: up| in full)?)\\b`,
    `welcome (?:aboard|to the (?:family|club))\\b`,
    `(?:that|it|everything)(?:['’]s| is)(?: all| now)* (?:paid(?: for)?|charged|ordered)\\b`,
    `(?:e-?mail|send|text|mail|hand|print)(?:ed|ing)? you (?:a|the|your) (?:receipt|order confirmation|tickets?)\\b`,
    `(?:your|the) receipt (?:is|will|has|comes|should)\\b`,
    `congratulations on your (?:new|purchase)\\b`,
  ),
  except:
    /\b(?:i (?:can )?see|shows?|yesterday|ago|last|refund\w*|(?:was|were) \w+ on|once|when you|(?:yes|yeah|yep|no|nope),? (?:(?:sir|ma['’]?am),? )?(?:it|that|you)(?:['’]s|['’]re) (?:all )?paid)\b/i,
  isPlain: true,
  asks: false,
  needsTopic: false,
};

const ELSEWHERE =
  '(?:elsewhere|somewhere else|some ?(?:one|body|place) else|another (?!number|time|day|date|way|card|hour|week|phone|minute|question)\\w+|the other \\w+|a different \\w+|your competit\\w+|a competitor)';
const DENIED = "(?<!(?:\\b(?:not|never|be|without|no one|nobody)|n['’]t) )";
/** A customer goes away for good. */
export const LEAVES: SignalRule = {
  signal: 'SALE_LOST',
  by: 'CALLER',
  says: either(
    `more than (?:i|we)(?:['’]d|['’]m|['’]re| was| were| am| are| had)? (?:\\w+ )?(?:want(?:ed)?|plan\\w*|can|could|hop(?:ed|ing)|care|willing|looking)\\b`,
    `(?<!(?:not|never|n['’]t|be|that) (?:all )?)too (?:steep|dear|costly|rich)\\b`,
    `(?:['’]ll|will|going to|gonna|have to|rather)(?: just| probably)? (?:leave it(?: at that)?(?=[,.!]|$)|skip (?:it|this|that one)|keep looking|shop around|take (?:my|our) business)\\b`,
    `${DENIED}(?:(?:['’]ll|will|going to|gonna|have to|rather|better|let me)(?: just| probably)? (?:get|buy|do|try|go|order|take|find|call|use|hire)|bought|got|ordered|went)\\b(?: (?:it|one|that|this|them|some|mine|ours))?(?: done| fixed)?(?: (?:from|with|through|at|to|by|for))? ${ELSEWHERE}`,
    `(?:go|going|went|gone|headed) (?:in )?(?:another|a different) (?:direction|way|route)\\b`,
    `end(?:ed)? up (?:going|getting|hiring|using|buying|finding|choosing|signing)\\b(?: (?:it|one|that|this|them|with|from|through)){0,2} ${ELSEWHERE}`,
    `${DENIED}(?:(?:['’]ll|will|going to|gonna|have to|rather|better)(?: just| probably| go ahead and)* (?:get|buy|do|order|take)|bought|got|ordered) (?:it|one|that|this|them|some|mine)(?: done| fixed)?(?: (?:over there|down the (?:street|road)|(?:from|through|with|off) (?:them|him|her)|at (?:the other \\w+|(?:their|his|her) (?:place|shop|store))))\\b`,
    `(?:they|he|she|(?:some|the) other (?:\\w+)|another \\w+|somebody else|someone else)(?:['’]s)? (?:came|come|bid|was|were|quoted)(?: me| us| in)?(?: in)?(?: at)? (?:about |around |almost |like |quite )?(?:an? )?(?:[\\w$]+ ){0,3}?(?:under|less than|below|cheaper than|lower than) (?:you|yours|that|your)\\b`,
    `(?:it['’]?s|that['’]?s|is|was) (?:really |just |probably )?not (?:for (?:me|us)|worth (?:it|that|the)|in (?:my|our|the) (?:budget|price range)|what (?:i|we)(?:['’]re| are|['’]m| am) (?:looking for|after))\\b`,
    `(?:doesn['’]?t|does not|won['’]?t|will not) fit (?:in(?:to)? )?(?:my|our|the) budget\\b`,
    `(?:got|found|bought|getting)(?: (?:it|one|that|this|them))?(?: (?:done|fixed))?(?: for)? cheaper\\b(?! .*\\bmatch)`,
    `already (?:bought|hired|found|ordered|chose|signed|went|gone|picked)\\b(?: up)?(?: (?:one|another|some|with (?!you)))`,
    `decided (?:not to|to (?:stay|stick|go (?:another|a different|with (?!you|your))|wait|hold off))\\b`,
    `(?:stay|stay put|staying|stick|keep)(?: with)? (?:right )?(?:where (?:i|we)(?:['’]m| am|['’]re| are)(?: at)?(?=[.,!]|$| (?:for now|then|thanks?)\\b)|what (?:i|we)(?:['’]ve got| have| got))\\b`,
    `(?:stay|stick)(?:ing)? with (?:who|what|the (?:\\w+ )?(?:company|provider|people|one|guy|folks)|our|my) `,
    `we(?:['’]ll| will)(?: have to)? pass\\b(?! (?:it|that|this|by|the|you|on (?:the|your|that) (?:message|word|number))\\b)`,
    `(?:i(?:['’]d| would) rather|i(?:['’]ll| will)(?: just)?) (?:do|fix|make|paint|build) (?:it|that|this) (?:my|our)sel(?:f|ves)\\b`,
    `(?:have to|going to|gonna|['’]ll) (?:say no|turn (?:it|that|you) down|do without|go without)\\b`,
    `(?:['’]ll|will|going to|gonna)(?: just)? (?:buy|get|order) (?:it|one|them|mine) (?:online|on the internet|on amazon|used|second-?hand|for (?:half|less))\\b`,
    `(?:going to|gonna|['’]ll|will)(?: just)? let (?!you|us\\b)(?:(?:the|my|our|that|another|some) [\\w ]{2,25}?|him|her|them) do (?:it|that|this)\\b`,
    `not (?:going to|gonna) (?:be )?sign(?:ing)? up\\b`,
    `not (?:going to|gonna) (?:be )?(?:spend|pay)(?:ing)? (?:that|this|so|all|\\w+ (?:hundred|thousand|grand|bucks|dollars))\\b`,
    `(?:not|won['’]?t)(?: be)? (?:go(?:ing)? ahead|mov(?:e|ing) forward|buying|ordering|renewing|taking it)\\b`,
    `(?:count me out|you(?:['’]ve| have)(?: just)? lost (?:me|a customer|my business))\\b`,
    `thanks,? but no,? thanks?\\b`,
    // another has sold it by now
    `(?:end(?:ed)? up|wound up|already|went ahead and|gone ahead and|went and|just)(?: just)? (?:get(?:ting)?|got|buy(?:ing)?|bought|order(?:ing|ed)?|pick(?:ing|ed) up|purchas(?:ing|ed)|find(?:ing)?|found|go(?:ing)?|went) (?:with )?(?:(?:it|one|that|this|them|some|mine|ours|something|the \\w+|an? \\w+) )?(?:online|on (?:amazon|ebay|craigslist|the internet|facebook|marketplace)|used|second-?hand|locally|elsewhere|from (?!you)|through (?!you)|at (?:an?|the|another|home) |off (?:a|of|my|the) |for (?:less|half|cheaper))`,
    `(?:found|got|getting|bought|have|there['’]s) (?:another |an? |one |someone |somebody |it |a guy )(?:\\w+ )?(?:who(?:['’]ll| will| can| could|['’]s)|for) (?:do(?:ing)? (?:it|that) )?(?:for )?(?:less|cheaper|half|\\w+ (?:hundred )?less|\\w+ (?:hundred )?cheaper)\\b`,
    `(?:appreciate (?:it|that|you\\w*|the \\w+|all \\w+|your \\w+)|thanks?(?: you)?(?: for \\w+ \\w+)?|sorry),? but (?:i think )?(?:i|we)(?:['’](?:m|re|ll|ve)| am| are| will| have)(?: just| probably| decided)*(?: going to| gonna| to)? (?:(?:go|going|stay|staying|stick|sticking) (?:with|to) (?!you)|pass(?:ing)?\\b|us(?:e|ing) (?:another|someone|somebody|a different|my|our)|hir(?:e|ed|ing)|found (?:another|someone|somebody|one|it|a)|go(?:ing)? (?:another|a different|elsewhere|somewhere)|(?:hold|holding) off|skip(?:ping)?|look(?:ing)? elsewhere|decided (?:against|not)|do(?:ing)? it (?:my|our)sel)`,
    `(?:turned|knocked) (?:me|us) down\\b|(?:loan|financing|credit|mortgage)(?: just)? (?:fell through|did(?:n['’]t| not) go through|(?:got |was )?(?:denied|declined|turned down))`,
    `(?:drive|drivin['’]?|driving|use|using|keep|keeping|fix|run|fixing) (?:what|the one|the old one|the one that) (?:i|we)(?:['’]ve)?(?: already)? (?:got|have|had)\\b`,
    `decided (?:on using|to (?:use|hire|have|let)) (?!you|your|it\\b|that\\b|this\\b|them\\b|the (?:same|first))`,
    `(?:had|have|having|getting|got|let|hired|using|use) (?:another \\w+|a different \\w+|some other \\w+|the other \\w+|(?:some|any)(?:one|body) else|(?:my|our|his|her|a) (?:brother|cousin|nephew|neighbou?r|son|dad|father|uncle|buddy|friend|brother-in-law|brother in law|son in law)(?: of (?:mine|ours))?)(?: who \\w+)? (?:to )?(?:do|did|doing|done|fix|fixed|install|build|built|handle|take care)\\b`,
    `(?:['’]ll|will|going to|gonna|rather)(?: just| probably| go ahead and)* (?:buy|get|order) (?:it|one|them|mine|(?:a|some) (?:new|used|cheap)(?:er)? (?:one|ones)|something)(?: \\w+)? (?:at|from|off) (?!(?:you|your|here|there|the|my|our|work|home|noon|lunch|a|an|y['’]?all|${NUMBER})\\b)[\\w'’]+`,
    `(?:not|n['’]t)(?: (?:going|want|plan\\w*|wanting|look\\w*)(?: to)?| gonna)?(?: be)? (?:renew|re-?up|re-?enroll|re-?sign|extend)(?:ing)?\\b`,
    `(?:back|backing|pull|pulling) out (?:of|on)\\b(?! (?:the|my|your|our) (?:driveway|garage|parking|lot))|won['’]?t be needing (?:it|one|that|them)(?=[.,!]|$| (?:after all|any ?more|now)\\b)`,
    `(?:out of|over|above|beyond) (?:(?:my|our) reach|what (?:i|we)(?: can|['’]d| could| would)? (?:do|afford|spend|pay|swing|want))\\b`,
    // it is free for others
    `(?:let|give|sell|offer|rent|release|pass)(?: (?:it|that|them|the \\w+))?(?: on)?(?: to)? (?:some(?:one|body)|any(?:one|body)|the next) (?:else|person|guy|customer|one|in line)\\b(?! (?:come|do|know|call|look|answer))`,
    `(?:put|set) (?:it|that|them|that one) back (?:out|on|up|in(?:to)?)\\b(?=.{0,20}\\b(?:floor|shelf|lot|rack|market|sale|stock|out)\\b)`,
    `(?:don['’]?t|no need to|needn['’]t|stop|you can stop|not) (?:need to |have to )?(?:hold(?:ing)?|sav(?:e|ing)|keep(?:ing)?) (?:it|that|the \\w+|that one|them|one)(?: \\w+)? for (?:me|us)\\b`,
    // at home they will not have it
    `(?:outvoted|overruled|vetoed|talked (?:me|us) out of (?:it|that)|put (?:her|his|their) foot down|not on board|isn['’]?t on board|won['’]?t go for (?:it|that)|shot (?:it|that|me|us) down|cold feet|changed (?:my|our|her|his) minds? (?:about|on) (?:the|it|that|buying|getting))\\b`,
    `(?:rather|going to|gonna|want(?:s)? to|need to) (?:put|spend|use|save) (?:the|that|our|my|this) money\\b`,
    `(?:make do|get by|live|limp along) (?:with|without) (?:it|what|the|this|one|my|our)\\b`,
    `(?:my|our) (?!card|payment|order)(?:[\\w'’-]+ ){1,3}?(?:(?:says|said) (?:he|she)|(?:['’]s|is|will|['’]ll|can|offered)(?: going| gonna)?)(?:['’]ll| will| can|['’]s| to)?(?: just)? (?:do|fix|make|build|paint|install|handle|get|give) (?:it|that|me one|us one)(?: for)? (?:me|us|free|nothing|cheap|half|less|cost)\\b`,
    `(?:cancel|stop) (?:my|our|the|that|this) (?:order|purchase)\\b`,
    `(?:can['’]?t|cannot|could ?n['’]?t|can not) (?:really )?(?:swing|justify|spend)\\b`,
    `(?:not|n['’]t)(?: really)? (?:going to|gonna) (?:buy|order|take it|do it|go (?:ahead|forward|through) with|sign up|proceed)\\b`,
  ),
  except:
    /\b(?:match|think about|sleep on|(?<!\b(?:wanted|want|calling|called|call|like|courtesy|just) to )let you know|don['’]t want to|rather not|hate to|or (?:else )?(?:i|we)(?:['’]ll| will| am|['’]m)|next time)\b/i,
  isPlain: false,
  asks: false,
  needsTopic: false,
};
