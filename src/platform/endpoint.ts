/** The platform’s certificates over HTTP on loopback, for SDKs that download what they trust. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAnswer, type Answer } from './answer.ts';
import { certificateList, type Owner } from './certificates.ts';

/** What is served, and to whom it is told. */
export interface EndpointOptions extends Owner {
  readonly port: number;
  readonly now: () => Date;
  readonly onRequest: (asked: Asked) => void;
}

/** A request, and how it was answered. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The merchant that signed it, as it says; nobody here has its certificate, so it is not verified. */
  readonly mchid: string | undefined;
}

/** An endpoint that listens. */
export interface Endpoint {
  /** Without a slash at the end: what SDKs call the base URL. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const PATH = '/v3/certificates';

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const server = createServer((request, response) => {
    const { method = '', url = '/' } = request;
    const { status, headers, body } = signAnswer(answerTo(method, url, options), options.keys, options.now());
    options.onRequest({ method, path: url, status, mchid: mchidOf(request) });
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

function answerTo(method: string, url: string, owner: Owner): Answer {
  const [path, query = ''] = url.split('?');
  if (method !== 'GET' || path !== PATH) {
    const message = `wxnotify keys serve answers GET ${PATH}, and nothing else.`;
    return { status: 404, json: { code: 'NOT_FOUND', message } };
  }
  const type = new URLSearchParams(query).get('algorithm_type') ?? 'RSA';
  if (['RSA', 'ALL'].includes(type)) return certificateList(owner);
  const message = 'algorithm_type: RSA and ALL are known here, and there is an RSA certificate only.';
  return { status: 400, json: { code: 'PARAM_ERROR', message } };
}

function mchidOf({ headers: { authorization = '' } }: IncomingMessage): string | undefined {
  return /^WECHATPAY2-SHA256-RSA2048 .*\bmchid="(\d{1,20})"/.exec(authorization)?.[1];
}
