// The transcripts' part of the schema, imported for its effect on the builder.
import './schema/transcript.ts';
import './schema/live.ts';
import './schema/progress.ts';
import './schema/search.ts';
import './schema/saved-search.ts';
import './schema/change-saved-search.ts';
import './schema/edit.ts';
import './schema/request-transcription.ts';
import './schema/talk.ts';
import './schema/raw-transcript.ts';
import './schema/transcription-provider.ts';

export { Segment, Speaker } from './schema/transcript.ts';
