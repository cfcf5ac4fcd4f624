/** XML of API v2: a root with texts in it. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Refusal } from '../refusal.mjs';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true, // the five of XML: there is no DTD to declare others
});

/**
 * @param {string} xml
 * @param {string} root its name
 * @returns {Map<string, string>} what has no value is left out
 */
export function parseXml(xml, root) {
  if (xml.includes('<!DOCTYPE')) throw new Refusal('a DTD is not allowed');
  if (XMLValidator.validate(xml) !== true) throw new Refusal('the body is not XML');
  const content = parser.parse(xml)[root];
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    throw new Refusal(`the root element is not <${root}>`);
  return textsIn(content);
}

function textsIn(content) {
  const fields = new Map();
  for (const [name, value] of Object.entries(content)) {
    if (name === '#text' && value.trim() === '') continue;
    if (typeof value !== 'string') throw new Refusal(`${name} is not one text`);
    if (value !== '') fields.set(name, value);
  }
  return fields;
}

/** @param {string} message what it says to the platform */
export function answerXml(ok, message) {
  const code = ok ? 'SUCCESS' : 'FAIL';
  return `<xml><return_code><![CDATA[${code}]]></return_code><return_msg><![CDATA[${message}]]></return_msg></xml>`;
}
