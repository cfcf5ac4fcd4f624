/** A request as the exporters see it. */
export interface ExportedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** API v2 is answered in XML, API v3 by the status. */
  readonly version: 'v2' | 'v3';
  /** What must come back; `any` leaves the answer unchecked. */
  readonly expects: 'acknowledged' | 'refused' | 'any';
}

/** A body as text; every kind of notification is UTF-8. */
export function bodyText({ body }: ExportedRequest): string {
  return new TextDecoder().decode(body);
}
