// The one narrow row that calls, texts, forms and chats share: when, from whom, by which source, and what people make of
// it: note, value, lead status, tags.
export { announceChanges } from './announce-changes.ts';
export { changeInteraction, type InteractionChange } from './change-interaction.ts';
export { MAX_TAGS, tagNameShape } from './change-tags.ts';
export { channelsOf, interactionSubject, typenameOf, verbOfChange } from './channels.ts';
export { answerInInbox, endInInbox, reopenInteraction, seeInInbox } from './end-in-inbox.ts';
export { callUpdated } from './events.ts';
export { type InteractionFilter, interactionsThatFit } from './interactions-that-fit.ts';
export { keepInboxJob } from './jobs.ts';
export { joinLead, subjectsOfJoining } from './join-lead.ts';
export { keepInboxHandler } from './keep-inbox.ts';
export { assignInteractionIn } from './move-in-inbox.ts';
export { tellTrackers } from './of-trackers.ts';
export { pageOfInteractions } from './page-of-interactions.ts';
export { taggedInteractions } from './read-interactions.ts';
export { misreadSubjects, restate } from './restate.ts';
export {
  Interaction,
  InteractionKind,
  implementInteraction,
  Money,
  readAsChannel,
  readInteractionId,
  SettableLeadStatus,
} from './schema.ts';
export { deleteInteraction, raiseVersions, readOthers, setSource } from './store.ts';
export { bumpVersion, firstStatus, storeInteraction } from './store-interaction.ts';
export { moveLeadTags } from './store-lead-tags.ts';
export { moveInteractions } from './store-merges.ts';
export { readTagNames } from './store-tags.ts';
