/** The body of a request. */
import { Refusal } from './refusal.mjs';

/** Notifications have a few kilobytes. What is more is read, so that there can be an answer, and not kept. */
const MAX_BYTES = 64 * 1024;

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<string>} what is not UTF-8 is refused
 */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) throw new Refusal('the body is too large', 413);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal('the body is not UTF-8');
  }
}
