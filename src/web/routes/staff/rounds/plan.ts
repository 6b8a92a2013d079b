import type { Request } from 'express';
import { askingPlan, fewestIn, groupsAsked, type AskedGroup } from '../../../../assessment/asking-plan';
import { wayOf, ways, type Round, type Way } from '../../../../assessment/round';
import type { RoundEdit } from '../../../../assessment/rounds';
import { inLanguage, mergedCode } from '../../../../definitions/instrument';
import { formatList } from '../../../../locales/formats';
import type { Refusal } from '../../../../shared/errors';
import { redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asList, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** One request about the plan of a round. */
interface StaffPlan extends StaffRound {
  /** It has just been saved. */
  readonly saved: boolean;
}

/** Whom the round asks, together or apart, and by which way each group answers: settled before it opens. */
const planEdit: StaffEdit<StaffPlan, RoundEdit, Round> = {
  logsWords: () => true,
  stored: ({ round, services }) => services.assessment.rounds.get(round.id),
  parts: (staff) => fieldParts(planForm(staff), staff),
  raw(staff, stored) {
    const { mergedGroups = [] } = stored ?? staff.round;
    const chosen = groupsOf(staff).map(({ code }) => [wayField(code), wayOf(stored ?? staff.round, code)] as const);
    const answers = { ...Object.fromEntries(chosen), ...(mergedGroups.length > 0 ? { mergedGroups } : {}) };
    return formOf(planForm(staff).fields, answers, staff.language);
  },
  read(staff, raw) {
    const { values, errors } = readForm(planForm(staff), raw, staff.language);
    if (errors.length > 0) return { errors };
    const chosen = groupsOf(staff).flatMap(({ code }) => {
      const way = ways.find((one) => one === asText(values[wayField(code)]));
      return way === undefined ? [] : [[code, way] as const];
    });
    return { input: { mergedGroups: asList(values['mergedGroups']), ways: Object.fromEntries(chosen) } };
  },
  save: ({ round, services }, input, seen) => services.assessment.rounds.edit(round.id, input, seen),
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    return typeof field === 'string'
      ? fieldError(planForm(staff), field, staff.t(`refusals:${refused}`, details))
      : null;
  },
  done: (staff) => staff.path('/plan?done=saved'),
  show: showPlan,
};

export function planPage(request: Request, staff: StaffRound): Promise<Outcome> {
  return showEdit(planEdit, { ...staff, saved: request.query['done'] === 'saved' });
}

export async function savePlan(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  if (staff.round.status !== 'draft') return redirect(staff.path('/plan'));
  return saveEdit(planEdit, { ...staff, saved: false }, request);
}

const wayField = (group: string): string => `way-${group}`;

function groupsOf({ known, round }: StaffRound): readonly AskedGroup[] {
  return groupsAsked(known.instrument, round);
}

/** Ways that this installation has: without letters nobody can be invited. */
function waysOffered({ services }: StaffRound): readonly Way[] {
  return ways.filter((way) => way !== 'invitations' || services.mail.post !== null);
}

function planForm(staff: StaffRound): StaffForm {
  const { known } = staff;
  const groups = groupsOf(staff);
  const entries = known.instrument.mergePlan ?? [];
  return {
    fields: [
      ...groups.map(({ code, name }) => ({
        type: 'single-choice' as const,
        code: wayField(code),
        text: name,
        choices: waysOffered(staff).map((way) => ({ code: way, text: textOf(`staff:plan.ways.${way}.name`) })),
      })),
      ...(entries.length === 0
        ? []
        : [
            {
              type: 'multiple-choice' as const,
              code: 'mergedGroups',
              text: textOf('staff:plan.merges'),
              hint: textOf('staff:plan.mergesHint'),
              choices: entries.map(({ groups: parts, name }) => ({ code: mergedCode(parts), text: name })),
            },
          ]),
    ],
    required: Object.fromEntries(groups.map(({ code }) => [wayField(code), 'staff:plan.wayMissing'])),
  };
}

function showPlan(staff: StaffPlan, { raw, errors, edit, status }: Shown): Outcome {
  const { known, language, round, t, unit } = staff;
  const { instrument } = known;
  const draft = round.status === 'draft';
  const plan = askingPlan(instrument, round);
  const k = fewestIn(instrument, round);
  const fields = shownFields(planForm(staff), raw, language, errors);
  const nameOf = (code: string): string => {
    const group = instrument.groups?.find((one) => one.code === code);
    const entry = instrument.mergePlan?.find(({ groups }) => mergedCode(groups) === code);
    return inLanguage(group?.name ?? entry?.name ?? { pl: code }, language);
  };
  const namesOf = (codes: readonly string[]): string => formatList(codes.map(nameOf), language);
  return staffPage(
    staff,
    'staff/rounds/plan',
    {
      title: t('staff:plan.title'),
      ...{ unit, edit, draft, k },
      notice: staff.saved ? t('staff:plan.saved') : null,
      errors: errorLinks(errors),
      roundName: roundTitle(round, staff),
      address: staff.path('/plan'),
      back: staff.path(),
      editPath: staff.path('/edit'),
      clausePath: `/staff/units/${unit.id}/clause`,
      refused: draft ? plan.refused.map(({ group, size }) => ({ name: nameOf(group), size })) : [],
      recommended: draft
        ? plan.recommended.map(({ merged, because }) =>
            t('staff:plan.recommended', { merged: nameOf(merged), because: namesOf(because) }),
          )
        : [],
      groups: groupsOf(staff).map(({ code, name, parts, size }) => ({
        name: inLanguage(name, language),
        size,
        together:
          parts.length < 2 ? null : t(`staff:plan.${mergeOf(plan, code)}`, { groups: namesOf(parts), count: k }),
        way: t(`staff:plan.ways.${wayOf(round, code)}.name`),
        field: draft
          ? { ...fields[wayField(code)], label: t('staff:plan.wayOf', { group: inLanguage(name, language) }) }
          : null,
        preview: staff.path(`/preview/${encodeURIComponent(code)}`),
        paper: staff.path(`/handouts/paper/${encodeURIComponent(code)}.pdf`),
        poster: wayOf(round, code) === 'link' ? staff.path(`/handouts/poster/${encodeURIComponent(code)}.pdf`) : null,
      })),
      merges: draft ? fields['mergedGroups'] : null,
      posterForAll: staff.path('/handouts/poster.pdf'),
      ways: ways.map((way) => ({
        name: t(`staff:plan.ways.${way}.name`),
        can: t(`staff:plan.ways.${way}.can`),
        cannot: t(`staff:plan.ways.${way}.cannot`),
        missing: waysOffered(staff).includes(way) ? null : t('staff:plan.noMail'),
      })),
    },
    status,
  );
}

/** Why its parts are asked as one. */
function mergeOf(plan: ReturnType<typeof askingPlan>, code: string): 'mustMerge' | 'chosenMerge' {
  return plan.asked.find((group) => group.code === code)?.merged === 'must' ? 'mustMerge' : 'chosenMerge';
}
