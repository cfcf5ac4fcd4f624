import { bodyBase64, type ExportedRequest } from './request.ts';

/** A Hurl file that expects what the scenario does. The body is base64, so that no byte of it is interpreted. */
export function hurl(request: ExportedRequest): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`);
  return `${request.method} ${request.url}\n${headers.join('')}base64,${bodyBase64(request)};\n\n${asserts[request.version][request.expects]}`;
}

type Asserts = Readonly<Record<ExportedRequest['expects'], string>>;

/** A refusal may have any status and any form: it is only not an acknowledgement. */
const asserts: Readonly<Record<ExportedRequest['version'], Asserts>> = {
  v2: {
    acknowledged: `HTTP 200\n[Asserts]\nxpath "string(//return_code)" == "SUCCESS"\n`,
    refused: String.raw`HTTP *
[Asserts]
body not matches /<return_code>(<!\[CDATA\[)?SUCCESS/
`,
    any: `HTTP *\n`,
  },
  v3: {
    acknowledged: `HTTP *\n[Asserts]\n${['>= 200', '<= 204', '!= 201', '!= 202', '!= 203'].map(status).join('')}`,
    refused: `HTTP *\n[Asserts]\n${['!= 200', '!= 204'].map(status).join('')}`,
    any: `HTTP *\n`,
  },
};

function status(predicate: string): string {
  return `status ${predicate}\n`;
}
