// Attribution: which ad, search or page brought an interaction, how sure that is and why; and how its credit is shared
// among all that brought the person closer.
export { attributeInteractionHandler } from './attribute-interaction.ts';
export { readCreditModel } from './credit-model.ts';
export { isAttributionDue } from './is-attribution-due.ts';
export { attributeInteractionJob, purgeClaimsJob } from './jobs.ts';
export { type IdentifyDesk, openIdentifyDesk } from './open-identify-desk.ts';
export { purgeClaimsHandler } from './purge-claims.ts';
export { type JourneyRow, journeyOf, journeysOf } from './read-attributions.ts';
export { AttributionModel, AttributionWeights } from './schema.ts';
export { type CreditModel, type PlaceWeights, shareCredit } from './share-credit.ts';
export { linkSender, moveTouchpoints, soleVisitors, visitorsOfLead } from './store.ts';
export { deleteClaims, deleteClaimsOfNumbers } from './store-claims.ts';
export { interactionOf } from './told-of-lead.ts';
export { type VisitThen, visitsThen } from './visits-then.ts';
