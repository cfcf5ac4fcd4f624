/** Why a signature of API v3 may have been refused that is right: it grows old, and clocks differ. */
import type { DeliveryFacts } from '../run/events.ts';

/** What merchants allow, in seconds. */
const ALLOWED = 300;

/** Says so, when the moment of signing is further off than merchants allow: from when it was sent, or from the server's clock. */
export function staleText({ kind, authentic, request, response, at }: DeliveryFacts): string | undefined {
  if (!authentic || !kind.startsWith('v3/')) return undefined;
  const stated = request.headers.find(([name]) => name.toLowerCase() === 'wechatpay-timestamp')?.[1];
  if (stated === undefined || !response || !isRefusal(response.status)) return undefined;
  const signed = Number(stated);
  const age = at / 1000 - signed;
  if (Math.abs(age) > ALLOWED) return `It was signed ${ago(age)} it was sent, ${AND_ALLOWED} ${SIGN_ANEW}`;
  const ahead = Date.parse(String(response.headers['date'])) / 1000 - signed; // a header of whole seconds
  if (!(Math.abs(ahead) > ALLOWED)) return undefined;
  const way = ahead > 0 ? 'ahead of' : 'behind';
  return `By the answer’s Date, the server’s clock is ${duration(ahead)} ${way} ours, ${AND_ALLOWED} ${SET_RIGHT}`;
}

const AND_ALLOWED = 'and API v3 allows five minutes.';
const SIGN_ANEW =
  '`wxnotify replay` signs the same body of now, unless with --exact; --seed signs of the seed’s moment.';
const SET_RIGHT = 'Set the one right that is wrong, and send again.';

/** A path that nobody handles, or a redirect, has nothing to do with clocks. */
function isRefusal(status: number): boolean {
  return status >= 400 && status !== 404 && status !== 405;
}

function ago(seconds: number): string {
  return `${duration(seconds)} ${seconds > 0 ? 'before' : 'after'}`;
}

function duration(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}
