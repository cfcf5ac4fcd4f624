/** A captured notification → the text of a scenario that builds to the same fields, comments included. */
import type { AnyKind, Field, Fields, SignType } from '../protocol/dialect.ts';
import { buildNotification, rowOf, type Wish } from '../protocol/notification.ts';
import { scalar } from './yaml-scalar.ts';

/** What was captured, and what is known of it. */
export interface Imported<K extends AnyKind = AnyKind> {
  readonly kind: K;
  /** Every field, encrypted ones opened; without `sign`. */
  readonly fields: Fields;
  /** How it was signed; `undefined` for a kind without a signature, or when it is not known. */
  readonly sign_type: SignType | undefined;
  /** For the first lines of the file. */
  readonly remarks: readonly string[];
}

/** Who builds it, and with what: decides which fields would be generated beside those that were captured. */
export type Builder = Pick<Wish, 'merchant' | 'source'>;

/** Writes the scenario. */
export function scenarioText(imported: Imported, builder: Builder): string {
  const { kind, fields, remarks } = imported;
  const step = stepSignType(imported);
  const absent = generatedBeside(imported, builder);
  const lines = [
    ...remarks.map((remark) => `# ${remark}`),
    `summary: ${scalar(summaryOf(imported))}`,
    'tags: [captured]',
    `notify: ${kind.id}`,
    ...(step === undefined ? [] : [`sign_type: ${step}`]),
    'fields:',
    ...Object.entries(fields).map(([name, value]) => fieldLine(name, literal(value), kind)),
    ...absent.map((name) => `  ${name}: null # not in the capture`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What was captured is no template. */
function literal(value: string): string {
  return value.replaceAll('${', () => '$${');
}

/** A field of a scenario, and what it is. */
export function fieldLine(name: string, value: string, kind: AnyKind): string {
  const row = rowOf(kind, name);
  const written = isPlainAmount(row, value) ? value : scalar(value);
  const comment = row ? `${row.title}: ${row.doc}` : `not in the table of ${kind.id}`;
  return `  ${name}: ${written} # ${comment}`;
}

function isPlainAmount(row: Field | undefined, value: string): boolean {
  return (row?.type === 'fen' || row?.type === 'int') && /^(0|[1-9]\d{0,14})$/.test(value);
}

/** Fields that would be generated and were not there: they are left out by name. */
function generatedBeside(
  { kind, fields, sign_type }: Imported,
  { merchant, source }: Builder,
): readonly string[] {
  const absent: string[] = [];
  for (;;) {
    // Without one, another may be generated that was not before.
    const wished = { ...fields, ...Object.fromEntries(absent.map((name) => [name, null])) };
    const built = buildNotification({ kind, fields: wished, merchant, source, sign_type }).fields;
    const more = Object.keys(built).filter((name) => !Object.hasOwn(fields, name));
    if (more.length === 0) return absent;
    absent.push(...more);
  }
}

/** The algorithm, where neither the fields nor the kind say it. */
function stepSignType({ kind, fields, sign_type }: Imported): SignType | undefined {
  const named = kind.names_algorithm !== undefined && Object.hasOwn(fields, kind.names_algorithm);
  return named || sign_type === kind.sign_type ? undefined : sign_type;
}

function summaryOf({ kind, fields }: Imported): string {
  const first = (names: readonly string[]): string =>
    names.map((name) => fields[name]).find((value) => value !== undefined) ?? '';
  const amount = first(AMOUNTS);
  const yuan = /^\d{1,12}$/.test(amount) ? ` of ${(Number(amount) / 100).toFixed(2)}` : '';
  const state = first(STATES);
  return `A captured ${kind.id}${yuan}${state === '' ? '' : `, ${state}`}`;
}

const AMOUNTS = ['refund_fee', 'total_fee', 'amount.refund', 'amount.total'];
const STATES = ['refund_status', 'result_code', 'event_type', 'change_type', 'envelope.event_type'];
