// One person over all channels of a company: known by phone numbers and e-mails, scored by their interactions.
export { findOrMakeLead } from './find-or-make-lead.ts';
export { leadLock, leadLocks, leadSubject, locksOfPerson } from './locks.ts';
export { maskEmail, maskName } from './mask.ts';
export { rescoreLead } from './rescore-lead.ts';
export { Lead, LeadStatus } from './schema.ts';
export { deleteLead, holdLead, type Identity, type LeadScore } from './store.ts';
