/** A listener of our own: who asks it has been talked into it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Callbacks {
  /** The URL of a name; requests to it and below it are its own. */
  readonly url: (name: string) => string;
  /** What was asked under a name: `GET /name/x.dtd`. */
  readonly seen: (name: string) => readonly string[];
  readonly close: () => Promise<void>;
}

/** Where it listens, and what others call it. */
export interface CallbackPlace {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether others than this machine must reach it. */
  readonly open: boolean;
}

/** An external DTD that says nothing. */
const NOTHING = '<!ELEMENT nothing ANY>';
/** More requests than this are one and the same story. */
const MOST = 20;

/** Starts it. Rejects when the address cannot be listened on. */
export async function startCallbacks({ host, port, open }: CallbackPlace): Promise<Callbacks> {
  const seen = new Map<string, string[]>();
  const server = createServer((request, response) => {
    const { method = '', url = '/' } = request;
    const name = /^\/([^/?]*)/.exec(url)?.[1] ?? '';
    const list = seen.get(name) ?? [];
    if (list.length < MOST) list.push(`${method} ${url}`);
    seen.set(name, list);
    request.resume();
    response.writeHead(200, { 'content-type': 'application/xml-dtd', connection: 'close' }).end(NOTHING);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, open ? undefined : '127.0.0.1', resolve);
  });
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  return {
    url: (name) => `${origin}/${name}`,
    seen: (name) => seen.get(name) ?? [],
    close: async () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
