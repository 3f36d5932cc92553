// What callers and agents say around numbers: one template a line, "A" is the caller, "B" the agent, "|" ends a turn. A
// slot in braces is a number of that kind (say-number.ts says it in several ways, damage.ts mishears it).
// The frozen half was committed before the redaction patterns were last changed and is not to be looked at while they
// are: a failure of it is answered by a rule about how people speak, never by a rule for its wording. Work on the other.

/** What a slot holds: the first five kinds are secrets, the others must stay. */
export type Slot =
  | 'card'
  | 'amex'
  | 'cvv'
  | 'expiry'
  | 'ssn'
  | 'phone'
  | 'price'
  | 'address'
  | 'order'
  | 'date'
  | 'zip'
  | 'time';

/** Never a model for a pattern. */
export const FROZEN: readonly string[] = [
  // cards
  'B: And which card would you like to use today? | A: Visa, the number is {card}.',
  'B: Go ahead with the card number whenever you are ready. | A: Alright, {card}.',
  'A: I would like to pay that now. Can I read you the numbers? | B: Sure. | A: {card}.',
  'A: Put it on my MasterCard please, that is {card}. | B: Got it.',
  'B: What is the long number on the front? | A: Let me find my glasses. It is {card}.',
  'A: My debit card number is {card} and the name on it is Robert Hill.',
  'B: I can take a payment over the phone. | A: Okay ready? {card}. | B: Perfect, thank you.',
  'A: {card}. That is the card we used the last time.',
  'B: Is that a credit card? | A: Yes, American Express, {amex}.',
  'A: I have an Amex, is that fine? It is {amex}.',
  'B: I will need your car number. | A: It starts with {card}.',
  'A: For the deposit you can charge {card}. | B: One moment. | A: Do you need anything else?',
  'B: Let me read that back. {card}. | A: That is correct.',
  'A: The new one they sent me is {card}, the old one was stolen.',
  'B: Sixteen digits, please. | A: Yes, {card}.',
  // security codes and expiry dates
  'B: And the three digits on the back? | A: {cvv}.',
  'A: The security code is {cvv}. | B: Thank you so much.',
  'B: Could I get the CVV as well? | A: Sure, it says {cvv}.',
  'B: When does it expire? | A: It expires {expiry}.',
  'B: The expiration date? | A: {expiry}. | B: Great.',
  'A: The card is {card}, expiration {expiry}, and the code on the back is {cvv}.',
  // social security numbers
  'B: For the credit check I need your social. | A: Okay, {ssn}.',
  'A: My social security number is {ssn}. | B: And your date of birth?',
  'B: Could you verify your SSN for me please? | A: {ssn}.',
  'A: You want my social? Hold on. It is {ssn}, I think.',
  'B: What is the social security number of the patient? | A: Hers is {ssn}.',
  'B: Your social security please. | A: Sure. {ssn}. | B: Thanks, one moment.',
  'A: The social for my husband is {ssn} and mine is {ssn}.',
  // what must stay
  'B: What is the best number to reach you? | A: It is {phone}.',
  'A: You can call me back at {phone} after five.',
  'B: Your callback number please. | A: {phone}. | B: Thank you, I have it.',
  'A: My cell is {phone} and my wife has {phone}.',
  'B: Our office line is {phone}, ask for Maria.',
  'B: The service call is {price} and that includes the first half hour.',
  'A: The other company wanted {price} for the same job. | B: We can do it for {price}.',
  'B: A new unit runs about {price} installed.',
  'B: So your total today comes to {price}. | A: That is fair.',
  'A: I live at {address}. | B: Is that near the school?',
  'B: And where are we going? | A: {address}, second house on the left.',
  'A: Please send the crew to {address} and park in the alley.',
  'A: My order number is {order}, it should have come on Tuesday.',
  'B: Your confirmation number is {order}. Please write it down.',
  'B: We can come on {date} at {time}. | A: That works.',
  'A: Could you come {time}? | B: On {date}, yes.',
  'A: The zip code is {zip}. | B: We serve that area.',
  // both
  'A: My number is {phone}. | B: And the card? | A: {card}.',
  'A: It is {card}. | B: Thank you, that went through. | B: We will see you on {date} then, the total was {price}.',
];

/** The half to work on. */
export const DEVELOPMENT: readonly string[] = [
  // cards
  'B: What is your card number? | A: It is {card}.',
  'A: Let me give you my credit card. {card}. | B: Thank you.',
  'B: Which card? | A: My bank card, {card}.',
  'A: Okay so the card is um {card}. | B: I have that.',
  'B: I just need your payment details. | A: Yes. {card}.',
  'A: Discover, {card}. | B: And the zip code?',
  'A: I am reading from the front, {card}.',
  'B: Go ahead. | A: {card}. | B: Could you repeat that? | A: {card}.',
  'A: The company card is {card} and the name is Hill Brothers.',
  'A: {card}. | B: Mhm.',
  'A: My American Express is {amex}.',
  'B: Fifteen digits? | A: Yes, {amex}.',
  'B: The number on your guard please. | A: {card}.',
  'A: Charge {card} and mail me the receipt.',
  'B: So I have {card}, is that right? | A: Yes it is.',
  // security codes and expiry dates
  'B: What is the security code? | A: {cvv}.',
  'B: The code on the back of the card? | A: That would be {cvv}.',
  'A: CVC is {cvv}.',
  'B: The expiration? | A: {expiry}.',
  'A: It is valid through {expiry}. | B: Thanks.',
  'A: Visa {card}, exp {expiry}, security code {cvv}.',
  // social security numbers
  'B: What is your social security number? | A: {ssn}.',
  'A: Social is {ssn}.',
  'B: I need the last piece, your SSN. | A: It is {ssn}. | B: Great.',
  'A: My taxpayer ID is my social, {ssn}.',
  'B: Can you confirm your full social for me? | A: Yes, {ssn}.',
  'A: I am calling about my loan, social security number {ssn}.',
  'B: Your social? | A: Let me think. {ssn}.',
  // what must stay
  'A: My phone number is {phone}.',
  'B: Is {phone} a good number for you? | A: Yes.',
  'A: Please text me at {phone}. | B: Will do.',
  'A: I called from {phone} yesterday, my other number is {phone}.',
  'B: You can reach the technician on {phone}.',
  'B: The inspection is {price}. | A: And the repair? | B: That depends.',
  'A: I paid {price} last year.',
  'B: The parts are {price} and labor is {price}.',
  'B: We have a special for {price} this month.',
  'A: The address is {address}. | B: Thank you.',
  'B: Are you still at {address}? | A: Yes we are.',
  'A: Turn right at the light, we are at {address}.',
  'B: Your order {order} has shipped.',
  'A: The invoice says {order}. | B: Let me look that up.',
  'B: The next opening is {date}, at {time}.',
  'A: I was there on {date}. | B: I see it here.',
  'B: What is your zip? | A: {zip}.',
  // both
  'A: The card is {card}. | B: Got it. And the best phone number? | A: {phone}.',
  'B: The deposit is {price}. | A: Okay, use {card}.',
];
