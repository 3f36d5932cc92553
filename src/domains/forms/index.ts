// Forms that visitors of companies' pages sent: screened, kept, scored, and whose they are.
export { removeIgnoredFieldsHandler, removeIgnoredFieldsJob } from './jobs.ts';
export { type FormDesk, openFormDesk } from './open-form-desk.ts';
