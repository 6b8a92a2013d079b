import { areasOf } from '../definitions/instrument';
import { agreedScores, compareAgreed } from '../scoring';
import { isEdition, type DocumentRound, type ReportDocument, type ReportInstrument } from './edition/edition';
import type { ReportInput, ReportRound } from './input';

/** What the sections of a report are made from, taken from its document and from nothing else. Pure. */
export function reportInput(document: ReportDocument): ReportInput {
  const { unit, madeOn, instrument, rounds, pair } = document;
  const [first, second] = rounds;
  return {
    ...{ unit: unit.name, madeOn, instrument, form: (pair ?? (second ?? first).released).form },
    published: isEdition(document) ? { publication: document.publication, installation: document.installation } : null,
    // What one round hides must stay hidden beside the other.
    k: Math.max(...rounds.map(({ released }) => released.k)),
    rounds: rounds.map((round) => reportRound(instrument, round)),
    change: pair?.change ?? null,
    common: pair === null ? null : { baseline: pair.baseline, followUp: pair.followUp, versions: pair.versions },
    // With nothing agreed in one of the rounds there is no change to speak of.
    agreedChange:
      second !== undefined && first.agreed !== null && second.agreed !== null
        ? compareAgreed(instrument, first.agreed.scores, second.agreed.scores)
        : null,
  };
}

function reportRound(instrument: ReportInstrument, round: DocumentRound): ReportRound {
  const { name, assessedYear, study, agreed, facts, factsConfirmed, comments = null } = round;
  const { recommendations = [], reviewed = [] } = round;
  const { scorecard, groups, outOfScope, questions, items, practicallySame } = round.released;
  const areas = areasOf(instrument).map(({ code }) => code);
  return {
    ...{ name, assessedYear, study, scorecard },
    respondents: numbersOf(groups.map(({ code, respondents }) => [code, respondents || null])),
    hiddenGroups: groups.filter(({ hidden }) => hidden !== undefined).map(({ code }) => code),
    groupSizes: numbersOf(groups.map(({ code, size }) => [code, size])),
    outOfScope: areas.filter((code) => outOfScope.includes(code)),
    agreed: agreed === null ? null : { ...agreed, scores: agreedScores(instrument, agreed.scores) },
    ...{ facts, items, practicallySame },
    ...(factsConfirmed === undefined ? {} : { factsConfirmed }),
    counts: questions,
    ...{ comments, recommendations, reviewed },
  };
}

function numbersOf(list: readonly (readonly [code: string, value: number | null])[]): Readonly<Record<string, number>> {
  return Object.fromEntries(list.flatMap(([code, value]) => (value === null ? [] : [[code, value] as const])));
}
