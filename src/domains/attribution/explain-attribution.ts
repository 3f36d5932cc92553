// Says in plain English what an interaction was put down to, and why. Pure.
import { LIKELY_ENOUGH } from '#domains/visitors/index.ts';
import type { AttributionBasis } from '#generated/prisma/enums.ts';
import type { AttributionRow } from './read-attributions.ts';
import type { CandidateReason } from './store.ts';

const REASONS: Partial<Record<CandidateReason, string>> = {
  HELD_NUMBER: 'was shown the number that was dialled when it rang',
  HELD_NUMBER_BEFORE: 'had been shown the number that was dialled a while before it rang',
  SHARED_NUMBER: 'was one of several that were shown it, since the pool had none left',
  PRESSED_TO_CALL: 'had just pressed the link that dials it',
  KNOWN_CALLER: 'is by a browser that this caller used before',
};

const OF_FORMS: Partial<Record<AttributionBasis, string>> = {
  SESSION_KNOWN: 'The form was sent in this visit, as the browser itself told.',
  SOURCE_TOLD:
    'Whoever brought the form in told on which page the visit began, so it comes from there.',
  CONSENT_DENIED:
    'The form was sent by a browser without consent, so no visit may be told with it, and the person is not known by one: where it comes from is lost.',
  UNKNOWN:
    'No visit was told with the form, and the person is not known by one: nothing says where it comes from.',
  CALLER_HISTORY:
    'No visit was told with the form, but the person is known: it is put down to their last visit, with 60 % certainty.',
};

const OF_CHATS: Partial<Record<AttributionBasis, string>> = {
  SESSION_KNOWN: 'The chat was opened in this visit, as the browser itself told.',
  SOURCE_TOLD: 'No visit is known, but where its visitor had come from is.',
  UNKNOWN:
    'No visit was told with the chat, and the person is not known by one: nothing says where it comes from.',
  CALLER_HISTORY:
    'No visit was told with the chat, but the person is known: it is put down to their last visit, with 60 % certainty.',
};

/** The words for calls that are others for texts. */
const OF_TEXTS: [RegExp, string][] = [
  [/\bdialled\b/g, 'texted'],
  [/\bdials\b/g, 'writes to'],
  [/\bit rang\b/g, 'the text came'],
  [/\bthe caller\b/g, 'the sender'],
  [/\bthis caller\b/g, 'this sender'],
  [/\bthe call\b/g, 'the conversation'],
];

/** One to three sentences. */
export function explainAttribution(row: AttributionRow): string {
  if (row.kind === 'FORM') return OF_FORMS[row.basis] ?? '';
  if (row.kind === 'CHAT') return OF_CHATS[row.basis] ?? '';
  const words = explainDialled(row);
  if (row.kind === 'CALL') return words;
  return OF_TEXTS.reduce((text, [word, other]) => text.replaceAll(word, other), words);
}

function explainDialled(row: AttributionRow): string {
  const [best] = row.candidates;
  if (row.basis === 'NUMBER_HELD' && best) {
    const why = best.reasons.map((reason) => REASONS[reason] ?? reason).join(', and ');
    const others = row.candidates.length - 1;
    return `The visit ${why}. It is the caller’s with ${percent(row.confidence)}${
      others > 0
        ? `; ${others === 1 ? 'one other visit' : `${others} other visits`} may be, too`
        : ''
    }.`;
  }
  if (row.basis === 'CALLER_HISTORY' && best?.reasons.includes('SAVED_NUMBER')) {
    return `The number that was dialled was shown to others when it rang, but the caller is known and was shown it before: they have saved it. It is put down to their last visit with ${percent(row.confidence)}.`;
  }
  if (row.basis === 'CALLER_HISTORY') {
    const nobody = best
      ? 'No visit stands out among those that were shown the number that was dialled'
      : 'The number that was dialled had not been shown to any visit for two hours';
    return `${nobody}, but the caller is known: it is put down to their last visit, as for somebody who saved the number, with ${percent(row.confidence)}.`;
  }
  if (row.confidence > 0) {
    return 'The number that was dialled stands in one place only, so the call comes from there.';
  }
  return best
    ? `The number that was dialled was shown to ${row.candidates.length} visits, none of which is the caller’s with ${percent(LIKELY_ENOUGH)} or more, so the call keeps the source of the pool.`
    : 'The number that was dialled had not been shown to any visit for two hours, and the caller is not known by one, so the call keeps the source of the tracker.';
}

function percent(millionths: number): string {
  return `${Math.floor(millionths / 10_000)} % certainty`;
}
