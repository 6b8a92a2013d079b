import type { Request } from 'express';
import { elementState, requiredElements, type RequiredElement } from '../../../../cooperation/elements';
import {
  elementInput,
  type DrawnRecommendation,
  type ElementInput,
  type ProgrammeElement,
} from '../../../../cooperation/programme';
import type { Refusal } from '../../../../shared/errors';
import { rawForm, rawList, rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { fieldParts, saveEdit, showEdit, type EditPart, type Shown, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage } from '../signed-in';
import { recommendationsOfUnit, type UnitRecommendation } from './recommendations';
import { namesOf, whoWhen } from '../who-when';
import type { StaffProgramme } from './with-programme';

/** One request about one required element. */
interface StaffElement extends StaffProgramme {
  readonly element: RequiredElement;
  readonly recommendations: readonly UnitRecommendation[];
  /** Of the recommendations, those whose words are to be put into the text. */
  readonly drawn: readonly DrawnRecommendation[];
  /** A text to begin with, where the address asks for one and nothing is written. */
  readonly start: string;
}

const form: StaffForm = {
  fields: [
    schemaField(elementInput, 'text', {
      text: textOf('cooperation:element.text'),
      hint: textOf('cooperation:element.textHint'),
    }),
  ],
};

const edit: StaffEdit<StaffElement, ElementInput, ProgrammeElement> = {
  async stored({ element, programme, services }) {
    return (await services.cooperation.elements(programme.id)).find((one) => one.element === element)?.written ?? null;
  },
  raw: ({ start }, stored) => ({ text: [stored?.text ?? start], ready: stored?.ready ? ['yes'] : [] }),
  parts: (staff) => [...fieldParts(form, staff), readyPart(staff)],
  read(staff, raw) {
    const { values, errors } = readForm(form, raw, staff.language);
    if (errors.length > 0) return { errors };
    const paragraphs = [asText(values['text']), ...staff.drawn.map(({ what }) => what)].filter((one) => one !== '');
    return { input: { text: paragraphs.join('\n\n'), ready: rawText(raw, 'ready') === 'yes' } };
  },
  save: ({ drawn, element, member, programme, services }, input, seen) =>
    services.cooperation.write(programme.id, element, input, seen, member.user, drawn),
  refused: (staff, { refused, details }) => fieldError(form, 'text', staff.t(`refusals:${refused}`, details)),
  done: (staff, _saved, raw) => nextPath(staff, rawText(raw, 'action')),
  show,
};

export async function elementPage(request: Request, staff: StaffProgramme): Promise<Outcome> {
  const subject = await elementOf(request, staff, {});
  return subject === null ? notFound() : showEdit(edit, subject);
}

export async function saveElement(request: Request, staff: StaffProgramme): Promise<Outcome | Refusal> {
  const subject = await elementOf(request, staff, rawForm(request.body));
  return subject === null ? notFound() : saveEdit(edit, subject, request);
}

async function elementOf(request: Request, staff: StaffProgramme, raw: RawForm): Promise<StaffElement | null> {
  const element = requiredElements.find((one) => one === request.params['element']);
  if (element === undefined) return null;
  const recommendations = await recommendationsOfUnit(staff);
  const chosen = rawList(raw, 'draw');
  const drawn = recommendations.filter(({ id }) => chosen.includes(id)).map(({ id, what }) => ({ id, what }));
  return { ...staff, element, recommendations, drawn, start: await startText(request, staff, element) };
}

/** Our own words to begin with, or those of the programme of the year before. */
async function startText(request: Request, staff: StaffProgramme, element: RequiredElement): Promise<string> {
  const { from } = request.query;
  if (from === 'hint') return staff.t(`cooperation:elements.${element}.start`);
  if (from !== 'last') return '';
  return (await lastYear(staff, element))?.text ?? '';
}

async function lastYear(
  { programme, services }: StaffProgramme,
  element: RequiredElement,
): Promise<ProgrammeElement | null> {
  const before = await services.cooperation.of(programme.unitKey, programme.year - 1);
  if (before === null) return null;
  return (await services.cooperation.elements(before.id)).find((one) => one.element === element)?.written ?? null;
}

function readyPart({ t }: StaffElement): EditPart {
  return {
    code: 'ready',
    label: t('cooperation:element.ready'),
    has: (name) => name === 'ready',
    words: (raw) => (rawText(raw, 'ready') === 'yes' ? t('cooperation:element.readyYes') : ''),
  };
}

/** The next element of the act, or the programme. */
function nextPath(staff: StaffElement, action: string): string {
  const next = requiredElements[requiredElements.indexOf(staff.element) + 1];
  return action === 'next' && next ? staff.path(`/elements/${next}`) : staff.path('#elements');
}

async function show(staff: StaffElement, { raw, errors, edit: state, status }: Shown): Promise<Outcome> {
  const { element, language, programme, recommendations, services, t } = staff;
  const written =
    (await services.cooperation.elements(programme.id)).find((one) => one.element === element)?.written ?? null;
  const drawn = new Map((written?.drawn ?? []).map(({ id, what }) => [id, what]));
  const nameOf = await namesOf(staff, written === null ? [] : [written.by]);
  const last = await lastYear(staff, element);
  const isEmpty = rawText(raw, 'text') === '';
  return staffPage(
    staff,
    'staff/cooperation/element',
    {
      title: t(`cooperation:elements.${element}.name`),
      errors: errorLinks(errors),
      programme,
      programmeTitle: t('cooperation:title', { year: programme.year }),
      address: staff.path(`/elements/${element}`),
      back: staff.path('#elements'),
      step: t('cooperation:element.step', {
        at: requiredElements.indexOf(element) + 1,
        count: requiredElements.length,
      }),
      hint: t(`cooperation:elements.${element}.hint`),
      state: elementState(written ?? undefined),
      who: written === null ? null : whoWhen(staff, nameOf(written.by), written.at),
      starts: isEmpty
        ? [
            { href: staff.path(`/elements/${element}?from=hint`), text: t('cooperation:element.fromHint') },
            ...(last === null || last.text === ''
              ? []
              : [
                  {
                    href: staff.path(`/elements/${element}?from=last`),
                    text: t('cooperation:element.fromLast', { year: programme.year - 1 }),
                  },
                ]),
          ]
        : [],
      edit: state,
      fields: shownFields(form, raw, language, errors),
      ready: rawText(raw, 'ready') === 'yes',
      recommendations: recommendations.map(({ id, what }) => ({
        id,
        what,
        chosen: rawList(raw, 'draw').includes(id),
        state: !drawn.has(id)
          ? null
          : drawn.get(id) === what
            ? t('cooperation:element.drawn')
            : t('cooperation:element.changedSince', { then: drawn.get(id) }),
      })),
      isLast: element === requiredElements.at(-1),
    },
    status,
  );
}
