/** One way to damage a part of a message. */
export interface Deed<Do> {
  /** What it does, in words. */
  readonly words: string;
  readonly damage: Do;
  /** Nobody may refuse what it leaves. */
  readonly harmless?: true;
}
