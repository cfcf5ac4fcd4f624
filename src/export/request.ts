/** A request as the exporters see it. */
export interface ExportedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** How the body comes, when not all at once. */
  readonly transfer?: 'chunked' | 'slow';
  /** API v2 is answered in XML, API v3 by the status. */
  readonly version: 'v2' | 'v3';
  /** What must come back; `any` leaves the answer unchecked. */
  readonly expects: 'acknowledged' | 'refused' | 'any';
}

/** A body as text: every kind of notification is UTF-8, unless it was tampered with. */
export function bodyText({ body }: Pick<ExportedRequest, 'body'>): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}

/** Whether a body is UTF-8, and without NUL, which many tools take for the end. */
export function isText({ body }: Pick<ExportedRequest, 'body'>): boolean {
  return !body.includes(0) && Buffer.from(bodyText({ body })).equals(body);
}

/** A body as base64, for what is no text. */
export function bodyBase64({ body }: Pick<ExportedRequest, 'body'>): string {
  return Buffer.from(body).toString('base64');
}
