// What every search engine promises: to be run over each of them, by a test file of its own.
import { describeIndex } from './contract-index.ts';
import { describeLists } from './contract-lists.ts';
import { describeModel } from './contract-model.ts';
import { describeWalls } from './contract-walls.ts';
import { describeWords } from './contract-words.ts';
import type { Library } from './library.ts';

/** Describes an engine by what a library on it finds. `typos`: whose rules for them it keeps. */
export function describeEngine(library: Library, typos: 'ours' | 'theirs' = 'ours'): void {
  describeWords(library, typos);
  describeWalls(library);
  describeLists(library);
  describeIndex(library);
  describeModel(library);
}
