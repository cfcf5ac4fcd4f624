/** What a URL should have been: the scheme is what is forgotten most. */
export function inFull(text: string): string {
  const url = `http://${text}`;
  if (/^[\w.[\]-]+(:\d+)?(\/|$)/.test(text) && URL.canParse(url)) return `Did you mean ${url}?`;
  return 'Write it in full, as http://127.0.0.1:8080/notify.';
}
