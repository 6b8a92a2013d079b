/**
 * The face of this room: all that others may import. Raw scores of people stay behind it; what is published comes out of
 * `releaseRound` and `releasePair`, and the commands' unrounded figures of answers of one's own out of `scoreRound` and
 * `unroundedPair`.
 */

export {
  agreedFault,
  agreedScores,
  agreedStep,
  checkAgreedScores,
  compareAgreed,
  type AgreedChange,
  type AgreedDelta,
  type AgreedMissing,
  type AgreedRound,
  type AgreedScores,
} from './agreed';
export type { Change, Compared, Delta, GroupDelta, NotCompared, Verdict, WhyNot } from './comparison';
export * from './figures';
export type { Gap, GapOfPair, GapOfSides, GapVerdict } from './gaps';
export type { AreaItems, ItemHolder, Unrated } from './item-answers';
export { groupsAfterMerging, mergedCode, type ScoredGroup } from './merging';
export { planGroups, type AskingPlan, type PlannedGroup } from './planning';
export type { CountsHolder } from './holders';
export { choiceCodes, type HolderCounts, type QuestionCounts } from './question-counts';
export type * from './released';
export { releasePair, releaseRound, unroundedPair, type RoundToRelease } from './release';
export { checkRoundInput, type Respondent, type RoundInput } from './round-input';
export { scoreRound } from './scorecard';
export type { Judged } from './uncertainty';
