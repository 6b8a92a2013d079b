/** What the attacker learnt that nobody should (anonymity §3). */
export interface Success {
  readonly how: 'narrowed a sum of few' | 'found the answers of few' | 'counted few';
  /** In words, for whoever looks into it. */
  readonly what: string;
}
