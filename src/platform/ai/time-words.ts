// How a day or an hour is told, and how a meeting at one is called.

/** The ways, as one expression that begins at a word. */
export const either = (...ways: string[]) => new RegExp(`\\b(?:${ways.join('|')})`, 'i');

/** A day of the week. */
export const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';
/** An hour without more; alone it may as well be a count. */
export const HOUR =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|1[0-2]|[1-9])';
const PART = '(?:morning|forenoon|afternoon|evening|night)';
/** A month; "may" is one only before a day. */
export const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
/** A day of a month. */
export const ORDINAL =
  '(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\\w+teenth|twentieth|(?:twenty|thirty)[- ]\\w+(?:st|nd|rd|th)|thirtieth)';
const MINUTES = "(?:o['’]?clock|thirty|fifteen|forty[- ]five|sharp|[ap]\\.? ?m\\b|in the)";

/** Numbers of which prices are made. */
export const TENS = '(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)';
export const UNIT = '(?:one|two|three|four|five|six|seven|eight|nine)';

// "one thirty nine", "two fifteen a month"
const NO_PRICE = `(?![- ]${UNIT}\\b| (?:an?|per) (?:day|night|week|month|quarter|year|foot|pound|piece|person|head|each)\\b| (?:apiece|each|plus tax)\\b)`;

/** Any number that is spoken, with the word it counts by. */
export const NUMBER = `(?:(?:${TENS}(?:[- ]${UNIT})?|\\w+teen|ten|eleven|twelve|${UNIT}|\\d+|an?)(?: (?:dozen|hundred|thousand))+|${TENS}(?:[- ]${UNIT})?|\\w+teen|ten|eleven|twelve|${UNIT}|\\d+)`;
/** Behind a number that counts something: "three o'clock", "ten thirty" and "two on Friday" count nothing. */
export const COUNTED = `(?![- ](?:o['’]?clock|oh|${TENS}|\\w+teen|ten|[ap]\\.?m|sharp|in the|on|at|for|then|please|instead|if|or|works?|is|and|tomorrow|today|tonight|${DAY}|(?:next|this) (?:week|month))\\b)`;

/** A day or an hour, as part of an expression. */
export const WHEN = `(?:today|tonight|tomorrow|(?<!\\blast )(?:${DAY}|(?:${PART}|noon|midday|weekend|lunch ?time)\\b)|(?:this|next|another|a different|any other|later) (?:week|month|day|time|date)|(?:at|for|by|until|till|around|before|after|about|between|say) (?:(?:half past|quarter (?:past|to)) )?${HOUR}\\b(?![\\d.,:]?\\d)(?! (?:${TENS}[- ](?!five\\b)${UNIT}|(?:sixty|seventy|eighty|ninety)|hundred|thousand|dollars?|bucks|people|persons?|percent|of|minutes?|hours?|days?|weeks?|months?|years?|more)\\b)|${HOUR} ${MINUTES}${NO_PRICE}|(?:half past|quarter (?:past|to)) ${HOUR}|\\d{1,2}:\\d{2}|\\d{1,2}(?:st|nd|rd|th)\\b|\\d{1,2} ?[ap]\\.?m\\b|\\d{1,2} o['’]?clock|(?:the|${MONTH}) ${ORDINAL}|${MONTH} \\d{1,2}\\b|first thing|before dark|(?:${NUMBER}|an?|a few|half an|a couple(?: of)?) (?:minutes?|hours?|miles?|blocks?)(?: away)? from you\\b|(?:with)?in (?:the|an?|half an|[\\w-]+|\\d+)(?: \\w+)? (?:hours?|minutes)\\b)`;

/** An hour alone, where only an hour is asked for: "could we make it three". */
export const BARE_HOUR = `(?:(?:make|have) (?:it|that|ours|mine)|(?:i|we) (?:can|could) (?:do|come(?: in)?|make(?: it)?|be (?:there|here))) (?:(?:at|for|to|like|around|about) ){0,2}(?:(?:half past|quarter (?:past|to)) )?${HOUR}(?=[.,!?]|$| (?:instead|then|if|please|on|or|that|for (?:me|us))\\b)`;

/** What tells a day or an hour. */
export const TIME_SAID = either(WHEN);

/** A meeting, as part of an expression. */
export const MEETING =
  '(?:appointments?|visits?|inspections?|estimates?|consult(?:ation)?s?|check-? ?ups?|sessions?|bookings?|reservations?|slots?|openings?|service calls?|lessons?|tours?|class(?:es)?|fittings?|viewings?|cleanings?)';
/** Somebody, or those, who come or are come to. */
export const SOMEBODY =
  '(?:you(?: guys| all|r? (?:man|guys?|people|crew|folks))?|one of you(?:r \\w+)?|somebody|someone|anybody|anyone|he|she|they|we|i|the \\w+|(?:your|our|my) \\w+|(?:a|an|another) (?:technician|plumber|tech|guy|person|man|fellow|crew|truck|driver|electrician|roofer|\\w+er|\\w+or))';
/** Going to where one meets. */
export const COMES =
  '(?:come|came|coming|stop(?:ping)? (?:by|over|in|off)|swing(?:ing)? (?:by|over|past)|drop(?:ping)? (?:by|over)|drop in|pop(?:ping)? (?:in|over|by|round|around|out)|head(?:ing)? (?:over|out)|get (?:out|over|there|here|to (?:you|us|me|him|her|it|this)|in)|make it (?:out|over)|be (?:here|there|out|over|at your|with you|by|able to (?:come|see|meet))|(?:go|run|drive) (?:out|over|by)|meet|see (?:you|me|us|him|her|it)|take a look|have a look|look at|sit down with)';

/** What a talk about an appointment speaks of. */
export const APPOINTMENT_SAID = either(
  `(?:${MEETING}|technicians?|(?:re)?schedul\\w+|calend[ae]r|come (?:out|by|over|in)|stop by)\\b`,
);
