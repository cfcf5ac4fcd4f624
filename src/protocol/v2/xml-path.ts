/** The text at a path of elements: `/xml/return_code`, `return_code`, `/a/b[2]/c`. */
import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  isArray: () => true,
});

/** The text, or `undefined` when there is no such element, or it is no XML. A name without `/` is one below the root. */
export function xmlPath(text: string, path: string): string | undefined {
  let at: unknown;
  try {
    at = parser.parse(text);
  } catch {
    return undefined;
  }
  const steps = path.startsWith('/') ? path.split('/').filter(Boolean) : ['*', path];
  for (const step of steps) at = below(at, step);
  return typeof at === 'string' ? at : undefined;
}

function below(node: unknown, step: string): unknown {
  const [, name = '', index = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
  const children = (node ?? {}) as Readonly<Record<string, readonly unknown[]>>;
  const all = name === '*' ? Object.values(children)[0] : children[name];
  return all?.[Number(index) - 1];
}
