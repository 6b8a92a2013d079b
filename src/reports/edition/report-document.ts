import type { PublishedComments } from '../../assessment/published-comments';
import {
  areasOf,
  type Choice,
  type FactField,
  type Group,
  type Instrument,
  type Question,
} from '../../definitions/instrument';
import { mergedCode, type ReleasedPair } from '../../scoring';
import type { AgreedReport, AgreedWords, ReportRecommendation, ReviewedRecommendation } from '../input';
import {
  editionSchemaVersion,
  type DocumentAgreed,
  type DocumentRound,
  type Edition,
  type EditionUnit,
  type ReportDocument,
  type ReportInstrument,
} from './edition';

/**
 * What a report document is made from, wherever it was read: from the store by `assessment-report.ts`, from CSV files by
 * the command `report`. Everything that is the same for both is decided here, so that the same data make the same report.
 */
export interface ReportSource<Unit extends ReportDocument['unit'] = ReportDocument['unit']> extends Pick<
  ReportDocument,
  'madeOn'
> {
  readonly unit: Unit;
  readonly instrument: Instrument;
  /** SHA-256 of the instrument's content. */
  readonly hash: string;
  /** One round, or the earlier and the later. */
  readonly rounds: readonly [RoundSource, ...RoundSource[]];
  /** null with one round. */
  readonly pair: ReleasedPair | null;
}

export interface RoundSource
  extends
    Pick<DocumentRound, 'name' | 'assessedYear' | 'study' | 'released' | 'facts' | 'factsConfirmed'>,
    Pick<AgreedReport, 'words' | 'meetings' | 'approvedOn' | 'reopened'> {
  /** null where the round asked for none. */
  readonly comments: PublishedComments | null;
  /** What the working group set; no keys where it has set nothing. */
  readonly agreed: DocumentAgreed['scores'];
  /** None where left out. */
  readonly recommendations?: readonly ReportRecommendation[];
  /** Of a follow-up: those of the baseline; none where left out. */
  readonly reviewed?: readonly ReviewedRecommendation[];
}

/** The one builder of report documents. Named field by field: the same data make the same bytes. Pure. */
export function reportDocument<Unit extends ReportDocument['unit']>(
  source: ReportSource<Unit>,
): ReportDocument & { readonly unit: Unit } {
  const { unit, madeOn, instrument, rounds, pair } = source;
  const [first, ...others] = rounds;
  // Each recommendation stands once: those of the earlier round with their fates, in the later one.
  const once = (round: RoundSource): boolean =>
    round !== first || others.every(({ reviewed = [] }) => reviewed.length === 0);
  const made = (round: RoundSource): DocumentRound => ({
    ...documentRound(instrument, round),
    ...recommended(round, once(round)),
    // A comparison publishes no comments (anonymity.md 3).
    ...(others.length > 0 || round.comments === null ? {} : { comments: round.comments }),
  });
  return {
    ...{ unit, madeOn },
    instrument: reportInstrument(source),
    rounds: [made(first), ...others.map(made)],
    pair,
  };
}

/** A report document with all that publishing it adds. Pure. */
export function editionOf(
  document: ReportDocument & { readonly unit: EditionUnit },
  { publication, installation }: Pick<Edition, 'publication' | 'installation'>,
): Edition {
  return { schemaVersion: editionSchemaVersion, ...document, publication, installation };
}

function recommended(
  { recommendations = [], reviewed = [] }: RoundSource,
  withOwn: boolean,
): Pick<DocumentRound, 'recommendations' | 'reviewed'> {
  return {
    ...(withOwn && recommendations.length > 0
      ? {
          recommendations: recommendations.map(({ area, what, who, due, priority, state, remark }) => ({
            ...{ area, what, who, due, priority, state, remark },
          })),
        }
      : {}),
    ...(reviewed.length > 0
      ? {
          reviewed: reviewed.map(({ area, what, who, due, fate, why, evidence }) => ({
            ...{ area, what, who, due, fate, why, evidence },
          })),
        }
      : {}),
  };
}

/** The order in which answers lie in a store is none: a report keeps the instrument's. */
function documentRound(instrument: Instrument, round: RoundSource): DocumentRound {
  const { name, assessedYear, study, released, agreed, meetings, facts, factsConfirmed } = round;
  const areas = areasOf(instrument).map(({ code }) => code);
  const factCodes = (instrument.facts ?? []).map(({ code }) => code);
  const words = Object.entries(round.words)
    .map(([area, said]) => [area, agreedWords(said)] as const)
    .filter(([, said]) => Object.values(said).some((text) => text !== ''));
  const { approvedOn, reopened = [] } = round;
  return {
    ...{ name, assessedYear, study, released },
    agreed: Object.values(agreed).every((score) => score === null)
      ? null
      : {
          ...{ scores: inOrder(agreed, areas), words: inOrder(Object.fromEntries(words), areas), meetings },
          ...(approvedOn === undefined ? {} : { approvedOn }),
          ...(reopened.length === 0 ? {} : { reopened }),
        },
    facts: facts.toSorted((a, b) => factCodes.indexOf(a.code) - factCodes.indexOf(b.code)),
    ...(factsConfirmed === undefined ? {} : { factsConfirmed }),
  };
}

function agreedWords({ reasons, dissent, strengths = '', barriers = '' }: AgreedWords): AgreedWords {
  return { reasons, dissent, ...(strengths === '' ? {} : { strengths }), ...(barriers === '' ? {} : { barriers }) };
}

function reportInstrument(source: ReportSource): ReportInstrument {
  const { instrument, hash } = source;
  const { id, version, languages, title, scale, planes = [], questions, facts = [] } = instrument;
  if (scale === undefined) throw new TypeError(`The instrument ${id} has no scale, so nothing of it can be reported.`);
  return {
    ...{ id, version, hash, languages, title, scale },
    groups: publishedGroups(source),
    planes: planes.map(({ code, name, shortName, areas }) => ({
      ...{ code, name, shortName },
      areas: areas.map((area) => ({ code: area.code, name: area.name, shortName: area.shortName })),
    })),
    questions: questions.flatMap(reportQuestion),
    facts: facts.map(reportFact),
  };
}

/** Items, and questions that have a place in the report. */
function reportQuestion(question: Question): readonly Question[] {
  const { code, text, report } = question;
  if (question.type === 'rating') {
    const { area, core } = question;
    if (area === undefined) return [];
    return [{ type: question.type, ...{ code, text, area }, ...(core === undefined ? {} : { core }) }];
  }
  if (report === undefined || report === 'none') return [];
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
    case 'ranking': {
      const { type, choices, maxChoices, places } = question;
      return [
        {
          ...{ type, code, text, report, choices: choices.map(reportChoice) },
          ...(maxChoices === undefined ? {} : { maxChoices }),
          ...(places === undefined ? {} : { places }),
        },
      ];
    }
    case 'short-text':
    case 'long-text': {
      const { type, commentOn } = question;
      return [{ ...{ type, code, text, report }, ...(commentOn === undefined ? {} : { commentOn }) }];
    }
    default:
      return [{ type: question.type, ...{ code, text, report } }];
  }
}

function reportChoice({ code, text, exclusive, other }: Choice): Choice {
  return {
    ...{ code, text },
    ...(exclusive === undefined ? {} : { exclusive }),
    ...(other === undefined ? {} : { other }),
  };
}

function reportFact(field: FactField): FactField {
  const { code, text, area } = field;
  const common = { code, text, ...(area === undefined ? {} : { area }) };
  switch (field.type) {
    case 'single-choice':
    case 'multiple-choice':
    case 'ranking':
      return { type: field.type, ...common, choices: field.choices.map(reportChoice) };
    case 'number':
    case 'percent':
    case 'money':
      return { type: field.type, ...common, ...(field.unit === undefined ? {} : { unit: field.unit }) };
    default:
      return { type: field.type, ...common };
  }
}

/** The groups that the figures know, after merging, in the instrument's order. */
function publishedGroups({ instrument, rounds, pair }: ReportSource): readonly Group[] {
  const known = new Map(
    [...rounds.flatMap(({ released }) => released.groups), ...(pair?.groups ?? [])].map((group) => [group.code, group]),
  );
  const order = (instrument.groups ?? []).map(({ code }) => code);
  const first = ({ parts }: { readonly parts: readonly string[] }) =>
    Math.min(...parts.map((part) => order.indexOf(part)));
  return [...known.values()]
    .toSorted((a, b) => first(a) - first(b) || a.parts.length - b.parts.length)
    .map(({ code, parts, side }): Group => {
      const own = instrument.groups?.find((group) => group.code === code);
      const entry = instrument.mergePlan?.find(({ groups }) => mergedCode(groups) === code);
      return { code, name: own?.name ?? entry?.name ?? { pl: parts.join(', ') }, side: own?.side ?? side };
    });
}

function inOrder<Value>(values: Readonly<Record<string, Value>>, codes: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const value = Object.hasOwn(values, code) ? values[code] : undefined;
      return value === undefined ? [] : [[code, value] as const];
    }),
  );
}
