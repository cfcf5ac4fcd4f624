import { bodyText, type ExportedRequest } from './request.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A Postman collection (v2.1) with one request. */
export function postman(request: ExportedRequest): string {
  const collection = {
    info: { name: 'WeChat Pay notification', schema: SCHEMA },
    item: [
      {
        name: 'notification',
        request: {
          method: request.method,
          url: request.url,
          header: request.headers.map(([key, value]) => ({ key, value })),
          body: {
            mode: 'raw',
            raw: bodyText(request),
            options: { raw: { language: request.version === 'v3' ? 'json' : 'xml' } },
          },
        },
      },
    ],
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}
