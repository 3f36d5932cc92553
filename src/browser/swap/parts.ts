// What swap.js loads once a page has need of it, in one file: three would be a tenth larger, and up to three requests.
export { start as consent } from './consent-signals.ts';
export { start as forms } from './forms.ts';
export { start as overlay } from './overlay.ts';
