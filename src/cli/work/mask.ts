/** Takes every one of the secrets out of a text. Short ones are left: they would match by chance. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= 4);
  return (text) => long.reduce((masked, secret) => masked.replaceAll(secret, '********'), text);
}
