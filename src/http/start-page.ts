// GET /: a plain page that says what answers here, and how one begins.
import type { ServerResponse } from 'node:http';
import { escapeHtml } from '#values/escape-html.ts';
import { answerPage } from './page.ts';

/** Answers the page with the addresses under `url`. */
export function answerStartPage(response: ServerResponse, url: string): void {
  const root = escapeHtml(url);
  const content = `<p>Call tracking through one GraphQL API.</p>
<ul>
<li><a href="/graphql">${root}/graphql</a>: the API. In a browser it opens GraphiQL, with operations that buy a number, have it called and follow what happens.</li>
<li>${root.replace(/^http/, 'ws')}/graphql: subscriptions over graphql-ws; as server-sent events they are on the address of the API.</li>
<li><a href="/sign-in">${root}/sign-in</a>: where people sign in.</li>
<li><a href="/health">${root}/health</a> and <a href="/ready">${root}/ready</a>: for whoever watches over this server.</li>
</ul>
<p>Programs send <code>Authorization: Bearer sb_…</code>. The first key was printed when the server started for the first time. Where it was lost, <code>npm run account -- key &lt;account id&gt;</code> makes another; <code>npm run account -- invite &lt;e-mail address&gt;</code> lets a person in.</p>`;
  answerPage(response, 200, { title: 'What answers here', content });
}
