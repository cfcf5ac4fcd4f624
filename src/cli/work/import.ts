/** `wxnotify import`: a capture, opened with the key in force, becomes a scenario file. */
import path from 'node:path';
import type { Capture } from '../../capture/capture.ts';
import { scenarioText, type Imported } from '../../capture/scenario-text.ts';
import type { Fields, Kind, SignType, V2Credentials, Verification } from '../../protocol/dialect.ts';
import { kinds } from '../../protocol/kinds.gen.ts';
import { Secret } from '../../protocol/secret.ts';
import { recogniseKind } from '../../protocol/v2/recognise.ts';
import { v2 } from '../../protocol/v2/index.ts';
import { readXml } from '../../protocol/v2/xml.ts';
import { problemLines } from '../../report/problems.ts';
import { seededSource } from '../../run/source.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { colours, done, stopped, type Cli, type Ending } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { writeScenario, type Written } from '../authoring/write-scenario.ts';
import { captureFrom, notXml } from './captured.ts';
import { readV3Capture } from './import-v3.ts';
import { ownerOf } from './owner.ts';

interface ImportOptions extends CommonOptions {
  readonly out?: string;
  readonly force?: true;
}

/** Writes the scenario, to a file or to stdout. */
export async function runImport(cli: Cli, file: string, options: ImportOptions): Promise<Ending> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const capture = await captureFrom(cli, file);
  if (!capture.ok) return stopped(capture.problems);
  const credentials = credentialsFor(settings.value, capture.value.body);
  const imported =
    capture.value.version === 'v3'
      ? ofV3(capture.value, readV3Capture(capture.value, settings.value, cli.cwd))
      : read(capture.value, credentials, settings.value.api_key !== undefined);
  if (!imported.ok) return stopped(imported.problems);
  const yaml = scenarioText(imported.value, { merchant: credentials, source: seededSource('import') });
  cli.err(problemLines(settings.value.warnings, 'warning', await colours(cli, 'stderr', options.color)));
  const written = write(cli, { yaml, root: settings.value.root }, options);
  if (!written.ok) return stopped(written.problems);
  tell(cli, { imported: imported.value, ...written.value }, options);
  return done;
}

/** What is not configured, the capture says itself; a key that is not there opens nothing. */
function credentialsFor({ api_key, api_v3_key, sign_type }: Settings, body: string): V2Credentials {
  return {
    ...ownerOf(body),
    api_key: api_key?.value ?? new Secret(''),
    api_v3_key: api_v3_key?.value,
    sign_type: sign_type.value,
  };
}

function read(capture: Capture, credentials: V2Credentials, hasKey: boolean): Result<Imported> {
  const xml = readXml(capture.body.trim());
  if (!xml.ok) return fail(notXml(xml.why));
  const outer = Object.fromEntries(xml.pairs);
  const odd = notFlat(
    xml.pairs.map(([name]) => name),
    xml.nested ?? [],
  );
  if (odd) return fail(odd);
  const kind = recogniseKind(outer) ?? failedCommunication(outer);
  if (!kind) return fail(unknownKind(outer));
  const verified = v2.verify(Buffer.from(capture.body, 'utf8'), credentials);
  const closed = verified.checks.some(({ step, ok }) => step === 'decrypt' && !ok);
  if (closed) return fail(notOpened(kind, hasKey));
  const { sign = '', ...rest } = verified.fields;
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  const signed = kind.seal !== 'encrypted';
  const sign_type = signed ? algorithmOf(sign, fields, kind.names_algorithm) : undefined;
  const empty = Object.keys(rest).filter((name) => rest[name] === '');
  return succeed({ kind, fields, sign_type, remarks: remarks(capture, { verified, hasKey, signed, empty }) });
}

/** It has a `return_code`, and nothing that would tell its kind. */
function failedCommunication(outer: Fields): Kind | undefined {
  return Object.hasOwn(outer, 'return_code') ? kinds['v2/payment'] : undefined;
}

/** The algorithm that the message names, or that its signature has the length of. */
function algorithmOf(sign: string, fields: Fields, named: string): SignType {
  const type = fields[named];
  if (type === 'MD5' || type === 'HMAC-SHA256') return type;
  return sign.length === 64 ? 'HMAC-SHA256' : 'MD5';
}

interface Known {
  readonly verified: Verification;
  readonly hasKey: boolean;
  readonly signed: boolean;
  /** Elements without a value. */
  readonly empty: readonly string[];
}

const FORMS: Readonly<Record<Capture['form'], string>> = {
  xml: 'XML',
  http: 'an HTTP request',
  har: 'a HAR file',
  json: 'JSON',
  text: 'text',
};

function remarks(capture: Capture, known: Known): readonly string[] {
  const leftOut = `Left out, because the platform sends no empty elements: ${known.empty.join(', ')}.`;
  return remarksOf(capture, signatureRemark(known), known.empty.length > 0 ? [leftOut] : []);
}

function remarksOf(
  { form, url, notes }: Capture,
  signature: string,
  more: readonly string[],
): readonly string[] {
  const where = url === null ? '' : `, posted to ${oneLine(url)}`;
  return [
    `Imported by wxnotify from ${FORMS[form]}${where}. ${signature}`,
    ...notes,
    ...more,
    'The values are real ones (openid, numbers): think before you commit them.',
  ];
}

function ofV3(capture: Capture, imported: Result<Imported>): Result<Imported> {
  if (!imported.ok) return imported;
  const [signature = ''] = imported.value.remarks;
  return succeed({ ...imported.value, remarks: remarksOf(capture, signature, []) });
}

function signatureRemark({ verified, hasKey, signed }: Known): string {
  if (!signed) return 'It opened with the key that was in force.';
  if (!hasKey) return 'Its signature was not checked: there was no key.';
  const check = verified.checks.find(({ step }) => step === 'sign');
  return check?.ok === true
    ? `Its signature was right (${check.saw}).`
    : 'Its signature was WRONG for the key in force: `wxnotify explain` says why. This scenario is signed anew.';
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').slice(0, 200);
}

/** A field that is there twice, or has elements in it, has no one value. */
function notFlat(names: readonly string[], nested: readonly string[]): Problem | undefined {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const [inner] = nested;
  if (twice === undefined && inner === undefined) return undefined;
  const message =
    twice === undefined ? `${inner ?? ''} has elements in it` : `${twice} is there more than once`;
  const fix =
    'The platform never sends that. To send it on purpose: a scenario with `tamper: { body: … }` or `tamper: { duplicate: … }`.';
  return { code: 'bad-value', message, fix };
}

function unknownKind(outer: Fields): Problem {
  const message = `this is no kind of notification that is known: it has ${Object.keys(outer).slice(0, 8).join(', ')}`;
  return { code: 'unknown-kind', message, fix: '`wxnotify fields` lists the kinds.' };
}

function notOpened({ envelope }: Kind, hasKey: boolean): Problem {
  const element = envelope?.into ?? '';
  return hasKey
    ? {
        code: 'bad-value',
        message: `${element} does not open with the key in force`,
        fix: '`wxnotify explain` with the same file says why.',
      }
    : {
        code: 'no-credentials',
        message: `${element} is encrypted, and there is no key to open it`,
        fix: 'Set WXNOTIFY_API_KEY (for v2/payscore-… WXNOTIFY_API_V3_KEY), or choose a profile: `--profile NAME`.',
      };
}

interface Text {
  readonly yaml: string;
  /** The folder of the configuration. */
  readonly root: string;
}

function write(cli: Cli, { yaml, root }: Text, { out, force }: ImportOptions): Result<Written> {
  if (out === undefined) return succeed({ names: [], yaml });
  const file = path.resolve(cli.cwd, out);
  return writeScenario({ file, shown: out, text: yaml, force: force === true, home: cli.home, root });
}

function tell(
  cli: Cli,
  { imported: { kind, fields }, names, yaml }: Written & { readonly imported: Imported },
  options: ImportOptions,
): void {
  const { out } = options;
  if (options.json) {
    const facts = { schema: 'wxnotify/1', command: 'import', ok: true, exit: 0, kind: kind.id, fields };
    cli.json({ ...facts, file: out ?? null, yaml });
  } else if (out === undefined) cli.out(yaml);
  else if (!options.quiet)
    cli.out(`Wrote ${names.join(', ')}. Try it: wxnotify send ${out.startsWith('/') ? out : `./${out}`}\n`);
}
