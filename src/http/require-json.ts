// What is posted to the API is JSON: a form, or a body that says nothing of itself, is told so instead of being read as an
// operation that is missing.
import type { Plugin } from 'graphql-yoga';
import { PROBLEM_STATUS, problem } from '#graphql/problems.ts';

const JSON_TYPE = /^application\/(graphql\+)?json\s*(;|$)/i;

/** Answers every other content type of a POST with 415. */
export function requireJson(): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      const type = request.headers.get('content-type');
      if (request.method !== 'POST' || JSON_TYPE.test(type ?? '')) return;
      const code = 'UNSUPPORTED_MEDIA_TYPE';
      const sent = type === null ? 'none was sent' : `${type.slice(0, 100)} was sent`;
      const message = `Send the operation as JSON with the header "content-type: application/json"; ${sent}.`;
      endResponse(
        new fetchAPI.Response(JSON.stringify({ errors: [problem(code, message).toJSON()] }), {
          status: PROBLEM_STATUS[code],
          headers: { 'content-type': 'application/json; charset=utf-8' },
        }),
      );
    },
  };
}
