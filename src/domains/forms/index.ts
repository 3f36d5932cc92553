// Forms that visitors of companies' pages sent: screened, kept, scored, and whose they are.
export { type FormDesk, openFormDesk } from './open-form-desk.ts';
