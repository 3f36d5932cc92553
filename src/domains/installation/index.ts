// Whether a company's website is set up rightly: scans of its pages, and what has arrived from them.
export { installationJobHandlers, purgeScansJob, scanSiteJob } from './jobs.ts';
