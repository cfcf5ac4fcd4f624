/** What stands around a resource: the rows of the envelope, which are the same in every kind. */
import type { Field, FieldContext, V3Kind } from '../dialect.ts';
import { alphanumeric, notificationId, time } from '../generate.ts';

/** What every name in the envelope begins with. */
export const ENVELOPE = 'envelope.';

/** What a kind says of its envelope. */
export interface EnvelopeOptions {
  /** Every event type, and its summary. */
  readonly events: V3Kind['events'];
  /** What the resource is, in the platform’s words; the encryption is bound to it. */
  readonly original_type: string;
  /** Which event type it is; the first unless this says another. */
  readonly event?: (get: FieldContext['get']) => string | undefined;
  /** Where the form comes from. */
  readonly source?: string;
}

/** The envelope of a kind, and the event types that it comes with. */
export function envelopeOf(options: EnvelopeOptions): Pick<V3Kind, 'envelope' | 'events' | 'keeps_empty'> {
  let rows: readonly Field[] | undefined;
  const envelope = {
    /** Made when somebody asks: every command has all kinds, and sends one or two. */
    get fields() {
      return (rows ??= rowsOf(options));
    },
  };
  return { envelope, events: options.events, keeps_empty: true };
}

/** States of a resource, and the event type that each is notified with. */
export type StateEvents = Readonly<Record<string, string>>;

/** The event type that goes with the state in a field. */
export function eventFor(field: string, events: StateEvents): NonNullable<EnvelopeOptions['event']> {
  return (get) => new Map(Object.entries(events)).get(get(field) ?? '');
}

/** The other way round: the state that goes with the event type, which asks for the state, unless somebody named it. */
export function stateFor(events: StateEvents): NonNullable<Field['make']> {
  const states = Object.keys(events);
  return ({ get }) => states.find((state) => events[state] === get(`${ENVELOPE}event_type`)) ?? states[0];
}

const CAPTURES =
  'captures in wechatpay-go #28 and #230, wechatpay-apache-httpclient #152, wechatpay-java #226';

/** How an envelope is written: everything in it is text, in this order. */
export const envelopeTable: readonly Pick<Field, 'name' | 'type'>[] = [
  ...['id', 'create_time', 'resource_type', 'event_type', 'summary'],
  ...['original_type', 'algorithm', 'ciphertext', 'associated_data', 'nonce'].map(
    (name) => `resource.${name}`,
  ),
].map((name) => ({ name, type: 'string' }));

function rowsOf(options: EnvelopeOptions): readonly Field[] {
  const { source = CAPTURES } = options;
  return [...eventRows(options), ...resourceRows(options)].map((row) => ({ source, ...row }));
}

function eventRows({ events, event }: EnvelopeOptions): readonly Field[] {
  const types = Object.keys(events);
  return [
    {
      ...text('id', '通知ID', 36),
      make: (context) => notificationId(context.source),
      doc: 'The notification’s own number: a UUID; the same in every repetition',
    },
    {
      ...text('create_time', '通知创建时间', 32),
      type: 'time',
      make: (context) => time(context.source.now()),
      doc: 'When the notification was made, in UTC+8',
    },
    {
      ...text('resource_type', '通知数据类型', 32),
      values: ['encrypt-resource'],
      make: () => 'encrypt-resource',
      doc: 'That the resource is encrypted',
    },
    {
      ...text('event_type', '通知的类型', 64),
      values: types,
      make: ({ get }) => event?.(get) ?? types[0],
      doc: 'What happened',
    },
    {
      ...text('summary', '回调摘要', 64),
      make: ({ get }) => events[get(`${ENVELOPE}event_type`) ?? ''] ?? Object.values(events)[0],
      doc: 'What happened, in words',
    },
  ];
}

function resourceRows({ original_type }: EnvelopeOptions): readonly Field[] {
  return [
    {
      ...text('resource.original_type', '原始回调类型', 32),
      make: () => original_type,
      doc: 'What the resource is',
    },
    {
      ...text('resource.algorithm', '加密算法类型', 32),
      values: ['AEAD_AES_256_GCM'],
      make: () => 'AEAD_AES_256_GCM',
      doc: 'How the resource is encrypted: with the APIv3 key',
    },
    {
      ...text('resource.associated_data', '附加数据', 32),
      required: false,
      make: () => original_type,
      doc: 'What the encryption is bound to besides the key; may be empty',
    },
    {
      ...text('resource.nonce', '随机串', 16),
      pattern: /^[\x21-\x7e]{12}$/,
      form: '12 ASCII characters',
      make: (context) => alphanumeric(context.source, 12),
      doc: 'The nonce of the encryption',
    },
  ];
}

function text(
  name: string,
  title: string,
  max: number,
): Pick<Field, 'name' | 'title' | 'type' | 'max' | 'required'> {
  return { name: `${ENVELOPE}${name}`, title, type: 'string', max, required: true };
}
