/** Whether a notification was in time, and what is wrong with its moment. */
import type { Check } from '../../dialect.ts';
import type { Explained } from '../../explain/mistake.ts';
import { TOLERANCE } from '../damage/headers.ts';

/** When it arrived, as far as that is known, and what time it is where it is explained. */
export interface Clock {
  readonly arrived: Date | undefined;
  readonly now: Date;
}

/** The moment at which it is judged: when nobody knows when it came, it came at once. */
export function judgedAt(timestamp: string | undefined, { arrived, now }: Clock): Date {
  if (arrived) return arrived;
  const signed = /^\d{1,11}$/.test(timestamp ?? '') ? new Date(Number(timestamp) * 1000) : now;
  return signed.getTime() > now.getTime() ? now : signed;
}

/** Says of a moment that was not judged that it was not. */
export function toldUnjudged(checks: readonly Check[], { arrived }: Clock): readonly Check[] {
  if (arrived) return checks;
  return checks.map((check) =>
    check.step === 'timestamp' && check.ok
      ? {
          ...check,
          saw: `${check.saw}, ${momentOf(check.saw)}; whether it came in time is not known (--at says when it came)`,
        }
      : check,
  );
}

/** What is wrong with a moment; nothing when it was in time, or nobody knows. */
export function explainClock(timestamp: string, clock: Clock): Explained {
  if (/^\d{13}$/.test(timestamp)) return [{ ...FORM, detail: `${timestamp}, which is milliseconds` }];
  if (!/^\d{1,12}$/.test(timestamp)) return [{ ...FORM, detail: timestamp }];
  const { arrived, now } = clock;
  const off = Math.round(Number(timestamp) - (arrived ?? now).getTime() / 1000);
  if (Math.abs(off) <= TOLERANCE || (!arrived && off < 0)) return [];
  const detail = `signed ${momentOf(timestamp)}, ${spanOf(Math.abs(off))} ${off < 0 ? 'before it came' : 'after it came'}${zoneOf(Math.abs(off))}`;
  return [{ ...(off < 0 ? EXPIRED : AHEAD), detail }];
}

const FORM = {
  code: 'timestamp-form',
  title: 'Wechatpay-Timestamp is not seconds since 1970',
  fix: 'The platform sends ten digits. Sign and send the same: no milliseconds, no date.',
};

const EXPIRED = {
  code: 'expired',
  title: 'It came later than five minutes after it was signed',
  fix: 'Refuse it: it is an old message sent again, or your clock is ahead (check NTP). The platform signs every repetition anew; `wxnotify replay` does as well, unless --exact.',
};

const AHEAD = {
  code: 'ahead',
  title: 'It was signed more than five minutes after it came',
  fix: 'Your clock is behind: check NTP and the time zone. A real message is never from the future.',
};

/** In UTC+8, as the platform writes moments. */
function momentOf(timestamp: string): string {
  const moment = new Date((Number(timestamp) + 8 * 3600) * 1000);
  return Number.isNaN(moment.getTime()) ? timestamp : moment.toISOString().replace(/\.\d+Z$/, '+08:00');
}

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
];

function spanOf(seconds: number): string {
  const [length, unit] = UNITS.find(([size]) => seconds >= 2 * size) ?? [1, 'seconds'];
  return `${Math.round(seconds / length)} ${unit}`;
}

/** A difference of whole hours, up to those that time zones have. */
function zoneOf(seconds: number): string {
  const hours = Math.round(seconds / 3600);
  const isWhole = hours >= 1 && hours <= 14 && Math.abs(seconds - hours * 3600) <= 60;
  return isWhole ? `: ${hours} hours to the minute, as when a clock has the time of another zone` : '';
}
