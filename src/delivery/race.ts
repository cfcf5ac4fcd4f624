/** Copies that are sent at the same moment, each on its own connection. */
import { createClient } from './client.ts';
import type { ClientOptions } from './connector.ts';
import type { SafeTarget } from './guard.ts';
import type { Delivery, WireRequest } from './request.ts';

/** What is sent at once. */
export interface Race {
  readonly target: SafeTarget;
  readonly requests: readonly WireRequest[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends all of them; what came of each, in their order. */
export async function race(
  options: ClientOptions,
  { target, requests, ...limits }: Race,
): Promise<readonly Delivery[]> {
  const client = createClient(options);
  try {
    return await Promise.all(requests.map(async (request) => client.send(target, request, limits)));
  } finally {
    await client.close();
  }
}
