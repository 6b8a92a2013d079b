import type { Problem } from '../../shared/errors';
import { checkCodes } from './codes';
import { audienceOf, checkAudience } from './audience';
import { checkCalcs } from './calcs';
import { withoutConsequences } from './consequences';
import { checkConstants } from './constants';
import { inDocumentOrder } from './document-order';
import { checkForms } from './forms';
import { checkLabels } from './labels';
import { checkLiterals } from './literals';
import { checkOrder } from './order';
import { worldFor } from './outcomes';
import { listIn, objectIn, outlineOf, problem, type Outline } from './outline';
import { checkQuestions } from './questions';
import { checkReferences } from './references';
import { checkRules } from './rules';
import { checkShape } from './shape';
import { checkStructure } from './structure';
import { checkTexts } from './texts';
import { checkUsualValues } from './usual-values';

/** One file per family; each takes the outline of any document and yields what it finds. */
const families: readonly ((outline: Outline) => Iterable<Problem>)[] = [
  checkStructure,
  checkCodes,
  checkReferences,
  checkTexts,
  checkQuestions,
  checkUsualValues,
  checkForms,
  checkRules,
  checkCalcs,
  checkOrder,
  checkLiterals,
];

/** No instrument nests this deep; deeper ones are not looked into. */
const deepest = 60;

/**
 * Everything that is wrong with an instrument document, in the order of the document: faults of shape (the JSON Schema)
 * and faults of meaning, at once. Takes any value; an empty list means that it is an `Instrument` that may be used.
 */
export function checkInstrument(document: unknown): Problem[] {
  if (isDeeperThan(deepest, document)) {
    return [problem('', 'too-deep', `The document nests deeper than ${deepest} levels: no instrument needs that.`)];
  }
  const outline = outlineOf(document);
  const problems = [...checkShape(document), ...families.flatMap((family) => [...family(outline)])];
  const world = worldFor(outline, problems);
  const maySee = audienceOf(world);
  const tried = [...checkConstants(world), ...checkAudience(world, maySee), ...checkLabels(world, maySee)];
  return inDocumentOrder(document, withoutConsequences(outline, [...problems, ...tried]));
}

function isDeeperThan(most: number, document: unknown): boolean {
  let level: readonly unknown[] = [document];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) => (Array.isArray(value) ? listIn(value) : Object.values(objectIn(value) ?? {})));
  }
  return false;
}
