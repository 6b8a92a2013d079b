/** A partner's logo: a file of the installation. */
export interface Logo {
  /** Of the partner, for those who do not see it. */
  readonly name: string;
  /** The picture itself, as a `data:` address. */
  readonly image: string;
}
