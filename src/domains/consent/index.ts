// Who may be texted: an append-only ledger of what people agreed to and refused, and what stands by it (rules.md, L06 to
// L08).
export {
  consentLocks,
  consentSubjectsOf,
  eraseConsentOf,
  type NumberOf,
  numbersOfLead,
} from './erase-consent.ts';
export { consentSubject } from './locks.ts';
export { type Consent, type ConsentRefusal, judgeConsent, stateOfConsent } from './machine.ts';
export { recordFormOptIn } from './record-form-opt-in.ts';
export { type InboundConsent, type OptInPrompt, recordInbound } from './record-inbound.ts';
export { Consent as ConsentNode, ConsentState, consentStateOf } from './schema.ts';
export { readConsent } from './store.ts';
