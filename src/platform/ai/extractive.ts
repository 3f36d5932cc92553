// The provider that needs no key and no network: a summary of the talk's own sentences, an estimate of moods, what came of
// it and what is left to do. English only, and the same for the same words.

import { isEnglish } from '#values/is-english.ts';
import { estimateSentiment } from './estimate-sentiment.ts';
import { extractSignals } from './extract-signals.ts';
import { extractSummary, isTelling } from './extract-summary.ts';
import { extractTasks } from './extract-tasks.ts';
import { InsightError, type InsightProvider } from './port.ts';
import { cutSentences, saidWords } from './sentences.ts';

/** Less is read as fast as a summary of it. */
const LEAST_WORDS = 30;
const LEAST_SENTENCES = 4;

/** Whether this provider reads a language, a BCP 47 tag. */
export const rulesRead = (language: string): boolean => isEnglish(language);

/** What readings of this provider are marked with; every other engine is a language model. */
export const RULES_ENGINE = 'extractive';

/** Creates the extractive provider. */
export function createExtractive(): InsightProvider {
  return {
    engine: RULES_ENGINE,
    model: 'rules-9+vader-1.1.3',
    promptVersion: '2',
    async write({ turns, language }) {
      if (!rulesRead(language)) {
        throw new InsightError(
          'LANGUAGE_UNSUPPORTED',
          `Insights are drawn from English only, not from "${language}".`,
        );
      }
      const words = turns.reduce((sum, { text }) => sum + saidWords(text).length, 0);
      if (words === 0) {
        throw new InsightError('TRANSCRIPT_EMPTY', 'Nothing was said that could be read.');
      }
      const sentences = cutSentences(turns);
      if (words < LEAST_WORDS || sentences.filter(isTelling).length < LEAST_SENTENCES) {
        throw new InsightError(
          'TRANSCRIPT_TOO_SHORT',
          `Too little was said: ${words} words. From ${LEAST_WORDS} words in ${LEAST_SENTENCES} sentences on there is something to draw.`,
        );
      }
      const [signals, tasks] = [extractSignals(sentences), extractTasks(sentences)];
      return [
        extractSummary(sentences, { signals, tasks }),
        estimateSentiment(turns),
        signals,
        tasks,
      ].filter((one) => one !== null);
    },
  };
}
