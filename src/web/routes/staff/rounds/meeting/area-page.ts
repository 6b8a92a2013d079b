import { areaTexts, type AreaField, type AreaRecord } from '../../../../../assessment/meeting/area-record';
import { areasOf, inLanguage } from '../../../../../definitions/instrument';
import { formatNumber, formatTime } from '../../../../../locales/formats';
import { isRefusal } from '../../../../../shared/errors';
import { agreedStep } from '../../../../../scoring';
import type { ErrorLink, Outcome } from '../../../../outcome';
import { answerWords } from '../../../../view-models/answer-words';
import type { MeetingRefusal } from '../../../../view-models/meeting-state';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import { agreedAndSurvey, resultsLater } from './agreed-and-survey';
import { areasInScope, scoreWords } from './agreed-words';
import { fieldsOf, writersOf, type StaffArea } from './area';
import { outOfScope, seenName, takenBack, theirsName } from './area-edits';
import { recommendationLines } from './recommendation-lines';
import { surveyLines } from './survey-lines';

/** What the page of an area shows in its form. */
export interface AreaShown {
  /** As it is stored. */
  readonly record: AreaRecord;
  /** In the fields. */
  readonly values: Readonly<Record<AreaField, string>>;
  /** What the person has seen of each field, from which changes are told. */
  readonly seen: Readonly<Record<AreaField, string>>;
  /** Fields of which somebody has to choose between two versions. */
  readonly conflicts: readonly AreaField[];
  readonly refused: MeetingRefusal | null;
}

/**
 * One area for the projector: facts, survey and the last score beside each other, the score to be set, the words of the
 * group, and all areas in a strip.
 */
export async function areaPage(staff: StaffArea, shown: AreaShown, status?: number): Promise<Outcome> {
  const { area, language, member, round, services, t, unit } = staff;
  const [{ set, before, results }, recommended] = await Promise.all([
    agreedAndSurvey(staff),
    recommendationLines(staff),
  ]);
  const inScope = areasInScope(staff);
  const at = inScope.findIndex(({ code }) => code === area.code);
  const [previous, next] = at < 0 ? [] : [inScope[at - 1], inScope[at + 1]];
  const hrefOf = (one: { readonly code: string } | undefined) => (one ? staff.path(`/meeting/${one.code}`) : null);
  const last = before.get(area.code);
  const { refused } = shown;
  const approved = (await services.assessment.minutes.of(round.id))?.state === 'approved';
  const errors: readonly ErrorLink[] =
    refused?.field == null ? [] : [{ text: refused.refused, href: `#field-${refused.field}` }];
  return staffPage(
    staff,
    'staff/meeting/area',
    {
      title: inLanguage(area.name, language),
      bodyClass: 'lijw-projector',
      scripts: ['meeting.js'],
      errors,
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path(`/meeting/${area.code}`),
      back: staff.path('/meeting'),
      // What is typed is kept in the browser under this name until the server has it.
      keptAs: [member.user, round.id].join(' '),
      area,
      closed: approved ? { text: t('meeting:area.closed'), minutes: staff.path('/minutes') } : null,
      writable: at >= 0 && !approved,
      step: at < 0 ? null : t('meeting:area.step', { at: at + 1, count: inScope.length }),
      previous: hrefOf(previous),
      next: hrefOf(next),
      strip: areasOf(staff.known.instrument).map(({ code, name }) => ({
        code,
        name: inLanguage(name, language),
        href: inScope.some((one) => one.code === code) ? staff.path(`/meeting/${code}`) : null,
        score: scoreWords(staff, code, set.get(code)?.score),
        isSet: set.has(code),
        current: code === area.code,
      })),
      recommended: {
        own: recommended.own.get(area.code) ?? [],
        last: recommended.last.get(area.code) ?? [],
        add:
          staff.may('recommendations.edit') && !approved
            ? staff.path(`/recommendations/new?${new URLSearchParams({ area: area.code }).toString()}`)
            : null,
      },
      facts: await factLines(staff),
      factsState: await factsState(staff),
      survey: results === null ? null : surveyLines(staff, results, area.code),
      surveyLater: results === null ? resultsLater(staff) : null,
      scale: scaleEnds(staff),
      last: last ? { score: scoreWords(staff, area.code, last.score), reasons: last.reasons } : null,
      ...formModel(staff, shown),
    },
    status,
  );
}

function formModel(staff: StaffArea, { record, values, seen, conflicts, refused }: AreaShown) {
  const { area, language, t } = staff;
  const [writers, stored] = [writersOf(staff, record), fieldsOf(record)];
  const choice = (value: string, text: string) => ({ value, text, set: values.score === value });
  const errorAt = (field: AreaField): string | null => (refused?.field === field ? refused.refused : null);
  const latest = Object.values(record.written).map(({ at }) => at).toSorted().at(-1); // prettier-ignore
  return {
    conflicted: conflicts.length > 0,
    score: {
      ...{ seen: seen.score, value: values.score, writer: writers.score ?? '', error: errorAt('score') },
      seenName: seenName('score'),
      words: scoreWords(staff, area.code, record.score),
      points: scorePoints(staff).map((point) => choice(String(point), formatNumber(point, language, 1))),
      none: choice(outOfScope, t('meeting:score.none')),
      takeBack: { value: takenBack, shown: values.score !== '' },
      theirs: conflicts.includes('score')
        ? { name: theirsName('score'), value: stored.score, words: scoreWords(staff, area.code, record.score) }
        : null,
    },
    texts: areaTexts.map((field) => ({
      ...{ field, id: `field-${field}`, label: t(`meeting:texts.${field}`), hint: t(`meeting:hints.${field}`) },
      ...{ value: values[field], seen: seen[field], seenName: seenName(field), theirsName: theirsName(field) },
      writer: writers[field] ?? '',
      error: errorAt(field),
      theirs: conflicts.includes(field) ? stored[field] : null,
    })),
    savedAt: latest === undefined ? null : formatTime(new Date(latest), language),
  };
}

/** All that an area may be given: the scale in half points. */
function scorePoints({ known }: StaffArea): readonly number[] {
  const { min, max } = known.instrument.scale ?? { min: 1, max: 5 };
  return Array.from({ length: (max - min) / agreedStep + 1 }, (_, at) => min + at * agreedStep);
}

function scaleEnds({ known, language }: StaffArea) {
  const { min = 1, max = 5 } = known.instrument.scale ?? {};
  return { min: formatNumber(min, language), max: formatNumber(max, language) };
}

/** Whether the facilitator has confirmed the facts of the area as they are now. */
async function factsState({ area, round, services, t }: StaffArea): Promise<string | null> {
  const parts = await services.assessment.factConfirmations.ofRound(round);
  const part = isRefusal(parts) ? undefined : parts.find(({ code }) => code === area.code);
  if (part === undefined) return null;
  return t(part.state === 'confirmed' ? 'meeting:facts.confirmed' : 'meeting:facts.notConfirmed');
}

async function factLines({ area, known, language, round, services, t }: StaffArea) {
  const saved = await services.assessment.factSheet.ofRound(round.id);
  return (known.instrument.facts ?? [])
    .filter((field) => field.area === area.code)
    .flatMap((field) => {
      const fact = saved.find(({ code }) => code === field.code);
      if (!fact) return [];
      const value =
        fact.value === null
          ? (fact.noData ?? '')
          : answerWords(known.instrument, field, { [field.code]: fact.value }, language).join(', ');
      return {
        name: inLanguage(field.text, language),
        value,
        year: t('meeting:facts.year', { year: String(fact.year) }),
      };
    });
}
