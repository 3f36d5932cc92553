// The strings of the puppets that have to do with texts and registrations; part of the control of a sandbox.
import type { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { receiveText } from '../messages/receive-text.ts';
import { parseBody } from '../parse-body.ts';
import { decideRegistration } from '../registrations/decide.ts';
import { isoTime } from '../webhooks/payloads.ts';
import {
  RegistrationDecision,
  type RegistrationRule,
  RegistrationRuleList,
} from './registration-rule.ts';
import { RecipientScript, TextScript } from './text-script.ts';

/** A text that a person's phone received. */
export interface ReceivedText {
  id: string;
  from: string;
  text: string;
  media: { url: string; contentType: string | null; sizeBytes: number | null }[];
  /** sandbox time in ISO 8601 */
  at: string;
  /** the carrier's own answer to a reserved word, not one of ours */
  isCarriers: boolean;
}

export interface TextControl {
  /** Lets a person send a text to a number of the account, and returns the message's id. */
  text(script: TextScript): { id: string };
  /** What a person's phone received, oldest first; not what was sent and could not be delivered. */
  texts(number: string): ReceivedText[];
  /** Says how a person's phone takes texts from now on. */
  recipient(number: string, script: z.input<typeof RecipientScript>): void;
  /** Replaces the list of rules on what becomes of registrations. */
  registrationRules(rules: z.input<typeof RegistrationRule>[]): void;
  /** Lets the registry change its mind about a brand or a campaign. */
  decide(decision: RegistrationDecision): void;
}

/** Makes this part of a carrier's control. */
export function createTextControl(carrier: Carrier): TextControl {
  return {
    text: (script) => ({ id: receiveText(carrier, parseBody(TextScript, script)).id }),
    texts: (number) =>
      [...carrier.messages.values()]
        .filter(
          ({ direction, to, status, sentMs }) =>
            direction === 'outbound' &&
            to === number &&
            sentMs !== null &&
            status !== 'delivery_failed',
        )
        .map(({ id, from, text, media, sentMs, autoresponse }) => ({
          id,
          from,
          text,
          media: media.map(({ url, contentType, sizeBytes }) => ({ url, contentType, sizeBytes })),
          at: isoTime(sentMs ?? 0),
          isCarriers: autoresponse !== null,
        })),
    recipient(number, script) {
      carrier.recipients.set(number, parseBody(RecipientScript, script));
    },
    registrationRules(rules) {
      carrier.registrationRules = parseBody(RegistrationRuleList, { rules }).rules;
    },
    decide: (decision) => decideRegistration(carrier, parseBody(RegistrationDecision, decision)),
  };
}
