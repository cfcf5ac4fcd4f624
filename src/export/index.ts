/** A request as the input of other tools. */
import { curl } from './curl.ts';
import { http } from './http.ts';
import { hurl } from './hurl.ts';
import { k6 } from './k6.ts';
import { postman } from './postman.ts';
import { isText, type ExportedRequest } from './request.ts';

const exporters = { curl, hurl, http, postman, k6 };

/** The formats there are. */
export const exportFormats: readonly string[] = Object.keys(exporters);

/** Those that carry any byte. */
const ANY_BYTES: readonly string[] = ['curl', 'hurl'];

export type Exported =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly fix: string };

/** Writes a request in the format of that name. */
export function exportRequest(format: string, request: ExportedRequest): Exported {
  if (!Object.hasOwn(exporters, format)) {
    return {
      ok: false,
      message: `there is no format \`${format}\``,
      fix: `Known: ${exportFormats.join(', ')}.`,
    };
  }
  if (request.transfer) {
    return {
      ok: false,
      message: `\`transfer: ${request.transfer}\` is how a body is sent, and \`${format}\` cannot say it`,
      fix: 'Send it with `wxnotify send`.',
    };
  }
  if (!isText(request) && !ANY_BYTES.includes(format)) {
    return {
      ok: false,
      message: `the body is no text, and \`${format}\` has only texts`,
      fix: `These can: ${ANY_BYTES.join(', ')}.`,
    };
  }
  return { ok: true, text: exporters[format as keyof typeof exporters](request) };
}
