import { bodyText, type ExportedRequest } from './request.ts';

/** A k6 script that sends the notification and checks what the scenario expects. */
export function k6(request: ExportedRequest): string {
  const headers = JSON.stringify(Object.fromEntries(request.headers), null, 2).replaceAll('\n', '\n  ');
  return `import http from 'k6/http';
import { check } from 'k6';

const body = ${JSON.stringify(bodyText(request))};
const params = { headers: ${headers} };

export default function () {
  const answer = http.request(${JSON.stringify(request.method)}, ${JSON.stringify(request.url)}, body, params);
${checks[request.expects](acknowledged[request.version])}}
`;
}

const acknowledged: Readonly<Record<ExportedRequest['version'], string>> = {
  v2: String.raw`r.status === 200 && /<return_code>(<!\[CDATA\[)?SUCCESS/.test(r.body)`,
  v3: 'r.status === 200 || r.status === 204',
};

const checks: Readonly<Record<ExportedRequest['expects'], (so: string) => string>> = {
  acknowledged: (so) => `  check(answer, { acknowledged: (r) => ${so} });\n`,
  refused: (so) => `  check(answer, { refused: (r) => r.status > 0 && !(${so}) });\n`,
  any: () => `  check(answer, { answered: (r) => r.status > 0 });\n`,
};
