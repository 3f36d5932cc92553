// Files that people send ahead of the message which they are to go with: judged by their content, rid of what tells of the
// sender, and kept until a message takes them, or a day has passed.
export { cleanImage } from './clean-image.ts';
export { purgeUploadsHandler, purgeUploadsJob } from './jobs.ts';
export { UploadRefused } from './judge-upload.ts';
export { storeJudged, storeUpload, type UploadedFile } from './store-upload.ts';
export { deleteUploadsOf, peekUploads, type TakenFile, takeUploads } from './take-uploads.ts';
export { uploadFile } from './upload-file.ts';
