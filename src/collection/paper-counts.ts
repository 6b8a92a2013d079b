import { wayOf, type PaperCounts, type Round } from '../assessment/round';
import { usualThresholds } from '../definitions/instrument';
import type { Store } from '../storage/port';
import { paperBatchesSpec, typedFormsSpec } from './paper-batch';
import { submissionsSpec } from './submission';

/**
 * What stays of the numbers of typed forms, once the answers of a round are sealed and before its part is cleared. null:
 * no answer came on paper.
 */
export async function paperCounts(store: Store, round: Round): Promise<PaperCounts | null> {
  const sealed = await store.collection(submissionsSpec, round.id).find({ state: 'sealed' });
  const answers = new Set(sealed.map(({ id }) => id));
  const forms = (await store.collection(typedFormsSpec, round.id).find({})).filter(({ answer }) => answers.has(answer));
  if (forms.length === 0) return null;
  const batches = await store.collection(paperBatchesSpec, round.id).find({});
  const blank = new Set(batches.filter(({ group }) => wayOf(round, group) !== 'cards').map(({ id }) => id));
  const fewest = round.thresholds?.k ?? usualThresholds.k;
  return {
    answers: forms.length < fewest ? null : forms.length,
    blank: forms.some(({ batch }) => blank.has(batch)),
  };
}
