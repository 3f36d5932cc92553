// The transcripts' part of the schema, imported for its effect on the builder.
import './schema/transcript.ts';
import './schema/progress.ts';
import './schema/search.ts';
import './schema/talk.ts';

export { Segment, Speaker, segmentId } from './schema/transcript.ts';
