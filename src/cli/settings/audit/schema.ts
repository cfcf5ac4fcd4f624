/** `audit:` of the configuration, at the top or in a profile. */
import * as v from 'valibot';
import { allKinds } from '../../../protocol/all-kinds.ts';
import { callStep, runStep } from '../../../scenario/schema/schema-steps.ts';
import { limit } from '../../../scenario/schema/schema-parts.ts';

const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const words = v.union([text, v.array(text)]);

/** A call, or a command; told by its first word, so that a wrong key is told of that form alone. */
const probe = v.lazy((input) =>
  input !== null && typeof input === 'object' && Object.hasOwn(input, 'run') ? runStep : callStep,
);

/** The block. */
export const auditBlock = v.strictObject({
  endpoints: v.optional(v.record(v.picklist(['v2', 'v3', ...Object.keys(allKinds)]), text)),
  create_order: v.optional(probe),
  order_state: v.optional(probe),
  close_order: v.optional(probe),
  status: v.optional(
    v.strictObject({ paid: v.optional(words), refunded: v.optional(words), closed: v.optional(words) }),
  ),
  settle: v.optional(limit),
});

/** The block as data, templates not filled in. */
export type AuditForm = v.InferOutput<typeof auditBlock>;
