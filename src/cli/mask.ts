/** What is never written, and never given to others. */
import type { Cli, Env } from './context.ts';

/** Takes every one of the secrets out of a text, in whatever case. Short ones are left: they would match by chance. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= 4).map(escapeRegExp);
  if (long.length === 0) return (text) => text;
  const any = new RegExp(long.join('|'), 'gi');
  return (text) => text.replace(any, '********');
}

/** A command inherits the environment, but for our keys: it gets one only when its step names it. */
export function withoutSecrets({ secrets }: Pick<Cli, 'secrets'>, env: Env): Env {
  const safe = Object.entries(env).filter(([, value]) => value === undefined || !secrets.has(value));
  return Object.fromEntries(safe);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
