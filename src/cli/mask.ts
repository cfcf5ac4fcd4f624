/** Takes every one of the secrets out of a text, in whatever case. Short ones are left: they would match by chance. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= 4).map(escapeRegExp);
  if (long.length === 0) return (text) => text;
  const any = new RegExp(long.join('|'), 'gi');
  return (text) => text.replace(any, '********');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
