/** What the platform is answered with: API v2 reads the body, API v3 the status. */
import { Refusal } from './refusal.mjs';
import { answerXml } from './v2/xml.mjs';

/** @param {unknown} error undefined when all went well */
export function answerV2(response, error) {
  const message = error === undefined ? 'OK' : reason(error);
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
  response.end(answerXml(error === undefined, message));
}

/** @param {unknown} error undefined when all went well */
export function answerV3(response, error) {
  if (error === undefined) return response.writeHead(204).end();
  answerJson(response, status(error), { code: 'FAIL', message: reason(error) });
}

/** @param {object} json */
export function answerJson(response, status, json) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(json));
}

/** A bug of ours is nobody's business. */
export function reason(error) {
  return error instanceof Refusal ? error.message : 'internal error';
}

export function status(error) {
  return error instanceof Refusal ? error.status : 500;
}
