// The transcripts' part of the schema, imported for its effect on the builder.
import './schema/transcript.ts';
import './schema/search.ts';
