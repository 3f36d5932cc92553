// Forms that visitors of companies' pages sent: screened, kept, scored, and whose they are.
export { arrivalOfForm } from './arrival-of-form.ts';
export { formSubject } from './events.ts';
export { removeIgnoredFieldsHandler, removeIgnoredFieldsJob } from './jobs.ts';
export { type FormDesk, openFormDesk } from './open-form-desk.ts';
export { FormSubmission } from './schema.ts';
export { SPAM_SCORE } from './score-spam.ts';
export { isSpamForm, MOST_LOOKED_THROUGH } from './spam-form.ts';
export { wordsOfForms } from './words-of-forms.ts';
