// English is known by its words: each side of the evaluation's calls, and nothing in another language.
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readsAsEnglish } from '#domains/transcripts/redaction/rules/redact-english.ts';

const sides = globSync(['eval/calls/*.txt', 'eval/second-calls/*.txt']).flatMap((file) => {
  const script = readFileSync(file, 'utf8')
    .replace(/=[^\]]*\]/g, '')
    .replace(/[[\]<>]/g, ' ');
  return ['A', 'C'].map((side) => {
    const lines = script.split('\n').filter((line) => line.startsWith(`${side}: `));
    return [file, side, lines.flatMap((line) => line.slice(3).split(/\s+/))] as const;
  });
});

it('each side of a hundred in English reads so', () => {
  expect(sides).toHaveLength(100);
  expect(sides.filter(([, , words]) => !readsAsEnglish(words))).toEqual([]);
});

it.each([
  'Hola, le llamo porque tengo una fuga en la cocina y quiero saber cuánto cuesta que venga alguien mañana.',
  'Sí, I have una pregunta, quiero saber if you can venir mañana, porque my husband no está y the sink tiene una fuga muy grande, gracias.',
  'Bonjour, j’ai une fuite dans la cuisine. On a déjà appelé hier mais personne n’est venu. Merci, bonne journée.',
  'Guten Tag, was kostet das denn, wenn jemand kommt? Ich will das gern heute so noch haben. Okay, bis dann.',
  'Is het mogelijk om morgen te komen, of is dat te laat? We zijn het weekend thuis, over een week niet.',
  'Hej, jeg ringer for at høre, om I har tid. For os er det fint, og vi har have her.',
  'Hello po, may leak yung lababo namin, pwede po ba kayong pumunta bukas? Okay po, thank you po, sige.',
  'four five three nine one four eight eight',
  'Hello?',
  '',
])('%s does not', (said) => {
  expect(readsAsEnglish(said.split(/\s+/))).toBe(false);
});

it.each(["Hi, it's Bob, call me at 555-0100.", 'Yes. Thank you [CARD_NUMBER].'])(
  '%s does',
  (said) => {
    expect(readsAsEnglish(said.split(/\s+/))).toBe(true);
  },
);
