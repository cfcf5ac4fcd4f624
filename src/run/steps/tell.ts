/** What came back, as it may be told: without keys and parts of them, and cut only afterwards. */
import { masked } from '../../protocol/secret.ts';
import type { Capture } from '../../scenario/scenario.ts';
import type { Reason } from '../events.ts';
import type { CapturedValue } from '../prepare/prepared.ts';
import { captureAll, materialOf, type Material } from './capture.ts';

type Mask = (text: string) => string;

/** How much of what came is told in a reason, in characters. */
const SHOWN = 400;

/** How much of a captured value is told. */
const TOLD = 16_384;

/** Reasons as they may be told. */
export function tellReasons(reasons: readonly Reason[], mask: Mask): readonly Reason[] {
  return reasons.map((reason) => {
    const { expected, actual } = { actual: undefined, ...reason };
    return { ...reason, ...told('expected', expected, mask), ...told('actual', actual, mask) };
  });
}

function told(key: string, value: unknown, mask: Mask): object {
  if (typeof value !== 'string') return {};
  const text = mask(value);
  return { [key]: text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text };
}

export interface CapturedTelling {
  readonly captures: readonly Capture[];
  readonly material: Material;
  readonly values: ReadonlyMap<string, CapturedValue>;
  readonly mask: Mask;
}

/** Captured values as they may be told: one that cannot be found without a key has a part of it, and is hidden. */
export function tellCaptured({ captures, material, values, mask }: CapturedTelling): Record<string, string> {
  const hidden = maskMaterial(material, mask);
  const safe = hidden && captureAll(captures, hidden).values;
  const told = [...values].map(([name, { text }]) => {
    const whole = mask(text);
    return [name, !safe || safe.get(name)?.text === whole ? whole.slice(0, TOLD) : masked] as const;
  });
  return Object.fromEntries(told);
}

/** The same without keys; `undefined` when it has none. */
function maskMaterial({ body, headers }: Material, mask: Mask): Material | undefined {
  const maskedBody = mask(body);
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, value === undefined ? undefined : mask(value.toString())] as const,
  );
  const maskedHeaders = Object.fromEntries(entries);
  const same = maskedBody === body && entries.every(([name, value]) => value === headers[name]?.toString());
  return same ? undefined : materialOf(maskedBody, maskedHeaders);
}

/** Milliseconds with two digits. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
