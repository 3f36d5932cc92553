// Merges: two leads that turned out to be one person become one, and can be taken apart again.
// What was merged stays a lead of its own below the other, and all that it had remembers whose it was; so a split gives
// back exactly that, with what has come to it since.
export { mergeLeads } from './merge-leads.ts';
export { splitLead } from './split-lead.ts';
