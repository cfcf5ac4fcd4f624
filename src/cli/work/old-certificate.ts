/** What a certificate that has expired means to who sends with it. */
import { certificateIn } from '../../platform/keys.ts';
import { isV3 } from '../../protocol/all-kinds.ts';
import type { Prepared } from '../../run/prepare/prepared.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Settings } from '../settings/settings.ts';

/** The platform never signs with a certificate that is not valid, and some SDKs do not take one. */
export function oldCertificate({ steps }: Prepared, { v3 }: Settings, now: Date): readonly Problem[] {
  if (!steps.some((step) => step.does === 'notify' && isV3(step.step.kind))) return [];
  const keys = v3.load();
  if (!keys.ok || keys.value.mode !== 'certificate') return [];
  const certificate = certificateIn(keys.value.certificatePem ?? '');
  if (!certificate) return [];
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (from <= now && now <= to) return [];
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const message = `the platform’s certificate is valid from ${day(from)} to ${day(to)}, and not today`;
  return [{ code: 'bad-value', message, fix: 'Some SDKs refuse it. `wxnotify keys new` makes another.' }];
}
