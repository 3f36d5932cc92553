// Attribution: which ad, search or page brought an interaction, how sure that is and why; and how its credit is shared
// among all that brought the person closer.
export { attributeCallHandler } from './attribute-call.ts';
export { attributeCallJob } from './jobs.ts';
