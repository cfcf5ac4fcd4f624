/** A notification and its answer, as SARIF has requests and responses. */
import type { AnswerFacts } from '../../../audit/result.ts';
import { cutText } from '../../html/keep.ts';

/** What was sent. Headers of one name come together, as the format has no two of them. */
export function webRequest({ request: { method, url, headers, body } }: AnswerFacts): object {
  const names = [...new Set(headers.map(([name]) => name))];
  const values = (name: string): string =>
    headers
      .filter(([other]) => other === name)
      .map(([, value]) => value)
      .join(', ');
  return {
    protocol: 'http',
    method,
    target: url,
    headers: Object.fromEntries(names.map((name) => [name, values(name)])),
    body: { text: cutText(body) },
  };
}

/** What was answered, if anything was. */
export function webResponse({ status, body, error }: AnswerFacts): object {
  if (status === null) return { noResponseReceived: true, reasonPhrase: error ?? 'no answer' };
  return { statusCode: status, body: { text: cutText(body) } };
}
