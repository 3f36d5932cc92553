// One person over all channels of a company: known by phone numbers and e-mails, scored by their interactions.
export { changeLead } from './change-lead.ts';
export { leadMerged, leadUpdated } from './events.ts';
export { findOrMakeLead, leadKnownBy } from './find-or-make-lead.ts';
export { leadLock, leadLocks, leadSubject, locksOfPerson } from './locks.ts';
export { maskEmail, maskName } from './mask.ts';
export { findLeads } from './read-leads.ts';
export { refuseErasing, refuseMerged } from './refuse-merged.ts';
export { rescoreLead } from './rescore-lead.ts';
export { Lead, LeadNote, LeadStatus } from './schema.ts';
export { settleTree } from './settle-tree.ts';
export {
  deleteLead,
  holdLead,
  type Identity,
  type LeadScore,
  markErasing,
  writeLead,
} from './store.ts';
export {
  type MergedLead,
  moveOfLeads,
  readTops,
  readTree,
  takeNames,
  writeMerged,
} from './store-merges.ts';
