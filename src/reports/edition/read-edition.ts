import { canonicalJson, hashOf } from '../../definitions/hash';
import { Failure } from '../../shared/errors';
import { editionSchemaVersion, type Edition } from './edition';

/** An edition as it is stored and downloaded: canonical JSON, so that the SHA-256 of the file is its content hash. */
export function editionText(edition: Edition): string {
  return canonicalJson(edition);
}

/** SHA-256 in hex of `editionText`. */
export function contentHash(edition: Edition): string {
  return hashOf(edition);
}

type Older = Readonly<Record<string, unknown>>;

/**
 * What makes an edition of each earlier version one of the version after it. Whoever raises `editionSchemaVersion` adds
 * a line, and a stored edition of the version before to `test/reports/editions`.
 */
const upgrades: Readonly<Record<number, (edition: Older) => Older>> = {};

/**
 * Reads an edition of any version that there ever was. The text stays as it is: hash and download are those of the day
 * it was published.
 *
 * @throws Failure `edition-unreadable` where the version is not known
 */
export function readEdition(text: string): Edition {
  let edition = JSON.parse(text) as Older;
  while (edition['schemaVersion'] !== editionSchemaVersion) {
    const upgrade = upgrades[Number(edition['schemaVersion'])];
    if (upgrade === undefined) {
      const version = String(edition['schemaVersion']);
      throw new Failure('edition-unreadable', `This program cannot read an edition of version ${version}.`);
    }
    edition = upgrade(edition);
  }
  return edition as unknown as Edition;
}
