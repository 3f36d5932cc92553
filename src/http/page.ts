// A page without scripts: its shell, its style, and the headers that keep other sites out of it.
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escapeHtml } from '#values/escape-html.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #8c959f; --act: #0b57d0; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9198a1; --line: #656c76; --act: #79b0ff; --bad: #ff8d85; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 12vh auto 3rem; padding: 0 1.25rem; }
header { color: var(--soft); font-size: .9rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .25rem 0 1.25rem; }
label { display: block; font-weight: 600; margin-top: 1rem; }
small { display: block; color: var(--soft); font-weight: 400; }
input { display: block; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; font-weight: 400; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; }
button { margin-top: 1.5rem; padding: .65rem 1.2rem; font: inherit; font-weight: 600; color: var(--paper); background: var(--act); border: 0; border-radius: .4rem; cursor: pointer; }
a { color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
[role=alert] { border-left: 4px solid var(--bad); padding-left: .75rem; }
[role=alert]::first-letter { text-transform: uppercase; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  // the address of a page may hold a token: no other site is told it. Not no-referrer, under which our own forms would
  // be sent with the Origin null
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** One field of a form. */
export interface Field {
  name: string;
  label: string;
  type: 'email' | 'password' | 'text';
  autocomplete: string;
  /** the fewest and most characters, as the server takes them */
  lengths?: readonly [number, number];
  hint?: string;
  value?: string;
  isOptional?: true;
}

/** A form that is sent back to its own address, or to `action`. */
export function formOf(form: {
  fields: readonly Field[];
  hidden: Record<string, string>;
  button: string;
  action?: string;
}): string {
  const hidden = Object.entries(form.hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const action = form.action ? ` action="${form.action}"` : '';
  return `<form method="post"${action}>
${[...hidden, ...form.fields.map(fieldOf)].join('\n')}
<button>${form.button}</button>
</form>`;
}

function fieldOf(field: Field): string {
  const [least, most] = field.lengths ?? [];
  const attributes = [
    `name="${field.name}" type="${field.type}" autocomplete="${field.autocomplete}"`,
    field.isOptional ? '' : 'required',
    least ? `minlength="${least}"` : '',
    most ? `maxlength="${most}"` : '',
    field.value ? `value="${escapeHtml(field.value)}"` : '',
  ];
  const hint = field.hint ? ` <small>${field.hint}</small>` : '';
  return `<label>${field.label}${hint}<input ${attributes.filter(Boolean).join(' ')}></label>`;
}

/** Answers a page. `message` is a refusal, told above the content; `content` is HTML. */
export function answerPage(
  response: ServerResponse,
  status: number,
  page: { title: string; message?: string; content: string },
): void {
  const alert = page.message ? `<p role="alert">${escapeHtml(page.message)}</p>\n` : '';
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} – Switchboard</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>Switchboard</header>
<h1>${escapeHtml(page.title)}</h1>
${alert}${page.content}
</main>
</body>
</html>
`;
  response.writeHead(status, { ...HEADERS, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
