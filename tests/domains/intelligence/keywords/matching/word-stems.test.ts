// Which words are forms of one: a STEM keyword finds those, and no other word that only begins alike.
import { describe, expect, it } from 'vitest';
import { stemOfWord } from '#domains/intelligence/keywords/matching/match-forms.ts';
import { matchKeywords } from '#domains/intelligence/keywords/matching/match-keywords.ts';

const finds = (text: string, talk: string) =>
  matchKeywords([{ text, match: 'STEM', speaker: 'ANY' }])({ speaker: 'CALLER', text: talk })
    .length > 0;
const pairsOf = (list: string) => list.trim().split(/\s*[,\n]\s*/);

describe('words apart', () => {
  it.each(
    pairsOf(`siding side, lateral later, custom customer, apartment apart, tire tired, unit united, accountant account
      officer office, installment installation, lining line, position positive, department depart, mineral miner
      several sever, severe sever, international internal, emergency emerge, communicate community, rate rat, hope hop
      business busy, evening even, news new, use us, one on, important import, organ organize, general generate
      university universe, wedding wed, willing will, range rang, suite suit, plumber plumb, cleaner clean, later late
      local locale, past paste, training trainer, building builder, yes ye, his hi, need nee, add ad, his he, sky ski`),
  )('%s', (pair) => {
    const [one = '', other = ''] = pair.split(' ');
    expect(finds(one, `a ${other} b`)).toBe(false);
    expect(finds(other, `a ${one} b`)).toBe(false);
  });
});

describe('forms of one', () => {
  it.each(
    pairsOf(`leak leaks leaked leaking leak’s, hope hopes hoped hoping, plan plans planned planning, fix fixes fixed fixing
      decide decides decided deciding, visit visits visited visiting, heat heats heated heating, control controlled
      cancel cancels canceled cancelling cancellation cancelation, install installs installed installing installations, add adding
      try tries tried trying, pay pays paid, play played playing, city cities, box boxes, dish dishes, focus focuses
      have has had having, do does did done doing, be am is are was were been being, say says said, see sees saw seen
      run runs ran running, stand stood, understand understood, become became, lead led leading, lend lent, bite bitten
      shake shook shaken, stick stuck, ring rang rung ringing, sink sank sunk, leaf leaves, shelf shelves, mouse mice
      sue sues sued suing, pie pies, tie ties tied tying, die dies died dying, lie lies lied lying, glue glued gluing
      injury injuries injured, break broke broken, child children, tooth teeth, unit units, tire tires, siding sidings
      big bigger biggest, cheap cheaper, early earlier, large larger, agree agreed agreeing, freed free freeing
      movie movies, dry dries dried drying, argue argued arguing, quiz quizzes, menu menus, panic panicking`),
  )('%s', (forms) => {
    const [word = '', ...others] = forms.split(' ');
    for (const other of others) {
      expect([other, finds(word, `a ${other} b`)]).toEqual([other, true]);
      expect([other, finds(other, `a ${word} b`)]).toEqual([other, true]);
    }
  });

  it.each(['0', '24', 'x', 's', 'ed', 'ing', 'eed', 'ied', 'ies', 'été', 'вода', 'you’re'])(
    '%s is one of itself',
    (word) => {
      expect(stemOfWord(word)).not.toBe('');
      expect(finds(word, `a ${word} b`)).toBe(true);
    },
  );
});
