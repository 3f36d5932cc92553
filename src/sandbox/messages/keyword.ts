// The words that the carrier itself acts on, for all numbers of a messaging profile.

/** documented: these block, whatever their case */
const STOP = ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'];
const START = ['START', 'UNSTOP'];

/** What a person's whole text means to the carrier; null = nothing. */
export function keywordOf(text: string): 'STOP' | 'START' | 'HELP' | null {
  const word = text.trim().toUpperCase();
  if (STOP.includes(word)) return 'STOP';
  if (START.includes(word)) return 'START';
  return word === 'HELP' ? 'HELP' : null;
}
