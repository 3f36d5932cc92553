// Why nothing was drawn, and what whoever wants insights can do about it.

const ASK_AGAIN = 'then drawCallInsights has the call read again.';

const STEPS: Readonly<Record<string, string>> = {
  TRANSCRIPT_EMPTY: 'Nothing was said that could be read: there is nothing to do.',
  TRANSCRIPT_TOO_SHORT: 'Too little was said to be summed up: there is nothing to do.',
  LANGUAGE_UNSUPPORTED:
    'The rules of this server read English only. A language model reads others: have one set (AI_MODEL), let the company’s words go there (updateCompany with assist: true), then drawCallInsights has the call read again. Not where Transcript.numberWordsKnown is false: a card number that was told in words may stand there. Where the language was not told, updateCompany(speechLanguage) says it for the recordings that come.',
  NO_EVIDENCE:
    'No words of the talk showed anything that was worth telling: there is nothing to do, unless the transcript misheard them (editTranscriptSegment).',
  REVIEWED_MEANWHILE:
    'People worked on its insights while it was read: what they made of them stands. drawCallInsights with replaceReviewed: true has the call read again.',
  INTERNAL_ERROR: `This server failed. Whoever runs it finds why in its log; ${ASK_AGAIN}`,
  MODEL_ANSWER_INVALID: `The model answered in no form that can be read. Where that goes on, have another model or way of asking set (AI_MODEL, AI_STRUCTURED); ${ASK_AGAIN}`,
  MODEL_REFUSED: `The model did not take the request. Have its key and its name checked (AI_API_KEY, AI_MODEL, AI_BASE_URL); ${ASK_AGAIN}`,
  MODEL_UNAVAILABLE: `The model was busy, away or too slow for all tries. Wait until it answers; ${ASK_AGAIN}`,
  BUDGET_EXHAUSTED: `The account has used the model’s tokens of this month. Wait until assistModel.use.resetsAt, or have AI_MONTHLY_TOKENS raised; ${ASK_AGAIN}`,
};

/** What can be done after a failure, in words; null for a code of which nothing is known. */
export function nextStepAfter(reason: string): string | null {
  return STEPS[reason] ?? null;
}
