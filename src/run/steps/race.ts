/** Copies that complete at the server at the same instant. */
import type { Problem } from '../../scenario/problem.ts';
import type { Sending } from './notify.ts';

/** Sends all copies as a race. */
export async function sendRace({ sendable, record, tools, copyOf }: Sending): Promise<void> {
  const { target, times, timeout_ms } = sendable;
  const { client, signal, emit } = tools;
  const all = Array.from({ length: times }, (_, index) => ({ attempt: index + 1, copy: copyOf(index + 1) }));
  for (const { attempt, copy } of all) record.sending(attempt, copy);
  const requests = all.map(({ copy }) => copy.request);
  const deliveries = await client.race({ target, requests, timeoutMs: timeout_ms, signal });
  for (const [index, sent] of all.entries()) {
    const delivery = deliveries[index];
    if (delivery) record.ended(sent, delivery);
  }
  const early = deliveries.filter((delivery) => delivery.outcome === 'answered' && delivery.early);
  if (early.length > 0) emit({ type: 'warning', problem: noRace(early.length) });
}

function noRace(count: number): Problem {
  const message = `${count} answers came before their request was complete: they raced with nothing`;
  const fix = 'Does something in front of the handler answer, without reading the body?';
  return { code: 'no-race', message, fix };
}
