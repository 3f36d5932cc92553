// The part of vader-sentiment that is used; the package has no types of its own.
declare module 'vader-sentiment' {
  const vader: {
    SentimentIntensityAnalyzer: {
      /** compound: -1 (bad) to 1 (good) */
      polarity_scores(text: string): { neg: number; neu: number; pos: number; compound: number };
    };
  };
  export = vader;
}
