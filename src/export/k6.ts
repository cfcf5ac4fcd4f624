import { bodyText, type ExportedRequest } from './request.ts';

/** A k6 script that sends the notification and checks for an acknowledgement. */
export function k6(request: ExportedRequest): string {
  const headers = JSON.stringify(Object.fromEntries(request.headers), null, 2).replaceAll('\n', '\n  ');
  return `import http from 'k6/http';
import { check } from 'k6';

const body = ${JSON.stringify(bodyText(request))};
const params = { headers: ${headers} };

export default function () {
  const answer = http.request(${JSON.stringify(request.method)}, ${JSON.stringify(request.url)}, body, params);
  check(answer, { acknowledged: (r) => r.status === 200 && /<return_code>(<!\\[CDATA\\[)?SUCCESS/.test(r.body) });
}
`;
}
