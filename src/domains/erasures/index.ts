// Erasures: a call, conversation, chat or form goes from every place that knows it, in one transaction; its media follow by
// a job. What is left is a receipt of ids and figures. A person goes step by step; what is kept of one is told as one file.
export { erasuresJobHandlers } from './job-handlers.ts';
export { eraseLeadJob, exportLeadJob, removeErasedMediaJob, resumeErasuresJob } from './jobs.ts';
