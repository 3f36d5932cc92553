// What the first text to somebody must say: who writes, and how to make it stop (L07). Pure.

/**
 * The text with what it lacks of it.
 * @param company the company's name
 */
export function withNotice(text: string, company: string): string {
  const says = text.normalize('NFKC').toLowerCase();
  const name = says.includes(company.normalize('NFKC').toLowerCase()) ? '' : company;
  const way = /\bstop\b/.test(says) ? '' : 'Reply STOP to opt out.';
  const notice = [name && `${name}.`, way].filter((part) => part !== '').join(' ');
  if (notice === '') return text;
  return text.trim() === '' ? notice : `${text.trimEnd()}\n${notice}`;
}
