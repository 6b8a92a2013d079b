import type { Request } from 'express';
import type { Questionnaire } from '../../../../collection/questionnaire';
import { isSpecial, type Answer, type Answers } from '../../../../definitions/answers';
import type { Flow } from '../../../../definitions/flow';
import { inLanguage, wordingFor } from '../../../../definitions/instrument';
import type { PageRules } from '../../../../definitions/page-rules';
import { keysOf } from '../../../../definitions/paper/keys';
import { paperLines, type PaperLine } from '../../../../definitions/paper/lines';
import { conditionWords } from '../../../../handouts/condition-words';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { readCookie } from '../../../cookies';
import { asDataBlock } from '../../../data-block';
import { faultText } from '../../../forms/fault-text';
import type { FieldFault } from '../../../forms/field-fault';
import { fieldId, fieldNames } from '../../../forms/field-names';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { readKeys } from '../../../forms/read-keys';
import { redirect, withCookie, type ErrorLink, type Outcome } from '../../../outcome';
import { answerWords } from '../../../view-models/answer-words';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { nextNumber, paperCookie, type StaffBatch } from './paper';

/** A form as it was typed, read line by line; lines that are not asked of this person count for nothing. */
interface Typed {
  readonly lines: readonly PaperLine[];
  /** By which a browser skips lines that are not asked of this person; null where everybody is asked all. */
  readonly rules: PageRules | null;
  readonly answers: Readonly<Record<string, Answer | null>>;
  readonly flow: Flow;
  readonly faults: readonly { readonly field: string; readonly fault: FieldFault }[];
}

/** Which form is typed, and where it is sent. */
interface TypingForm {
  readonly number: number;
  readonly address: string;
  /** It was typed before. */
  readonly second?: boolean;
}

/** The form to type the next paper into. */
export async function typingPage(request: Request, staff: StaffBatch): Promise<Outcome> {
  const number = nextNumber(staff);
  const token = readCookie(request, 'paper');
  const draft = token === null ? null : await staff.services.collection.drafts.read(token);
  if (number === null || draft?.roundId !== staff.round.id || draft.state === 'submitted')
    return redirect(staff.batchPath());
  return showTyping(staff, { number, address: staff.batchPath('/form') }, await read(staff, {}), {}, []);
}

/** Checks a typed form, and sends it as an answer like any other. */
export async function enterForm(request: Request, staff: StaffBatch): Promise<Outcome | Refusal> {
  const { batch, batchPath, coded, round, services } = staff;
  const { paper } = services.collection;
  const raw = rawForm(request.body);
  const number = Number(rawText(raw, 'number'));
  const token = readCookie(request, 'paper');
  if (token === null || !Number.isInteger(number)) return redirect(batchPath());
  const typed = await read(staff, raw);
  const form = { number, address: batchPath('/form') };
  if (typed.faults.length > 0) return showTyping(staff, form, typed, raw, errorsOf(staff, typed));
  const entered = await paper.enter(token, batch.id, number, typed.answers);
  if (isRefusal(entered)) return refusedEntry(staff, form, typed, raw, entered);
  // Sent twice, it may be among them already.
  const last = new Set([...staff.forms.map((one) => one.number), number]).size >= batch.count;
  if (coded || last) return withCookie(redirect(batchPath(`?done=${number}`)), paperCookie(staff, ''));
  // The next form of a pile without codes comes at once.
  const next = await paper.begin(round.id, batch.id, '');
  return isRefusal(next)
    ? redirect(batchPath(`?done=${number}`))
    : withCookie(redirect(batchPath(`/form?done=${number}`)), paperCookie(staff, next.token));
}

/** What sending refused, at the line that it is about; where the draft is gone, the pile says where to go on. */
function refusedEntry(
  staff: StaffBatch,
  form: TypingForm,
  typed: Typed,
  raw: RawForm,
  { refused, details }: Refusal,
): Outcome {
  if (refused === 'draft-unknown') return redirect(staff.batchPath());
  const codes = String(details?.['questions'] ?? '').split(' ');
  const line = typed.lines.find(({ question }) => codes.includes(question.code)) ?? typed.lines[0];
  const text = staff.t(`refusals:${refused}`, details);
  return showTyping(staff, form, typed, raw, [{ text, href: `#${fieldId(line?.question.code ?? '')}` }]);
}

/** A form of the sample, to be typed a second time. */
export async function checkPage(request: Request, staff: StaffBatch): Promise<Outcome> {
  const form = staff.forms.find(({ number }) => number === Number(request.params['number']));
  if (form === undefined) return redirect(staff.batchPath());
  const address = staff.batchPath(`/check/${form.number}`);
  return showTyping(staff, { number: form.number, address, second: true }, await read(staff, {}), {}, []);
}

/** Compares the second entry with the first; what differs is looked up on the paper and settled. */
export async function checkForm(request: Request, staff: StaffBatch): Promise<Outcome | Refusal> {
  const { batch, batchPath, known, language, round, services, t, unit } = staff;
  const { paper } = services.collection;
  const raw = rawForm(request.body);
  const number = Number(request.params['number']);
  const form = { number, address: batchPath(`/check/${number}`), second: true };
  const typed = await read(staff, raw);
  if (typed.faults.length > 0) return showTyping(staff, form, typed, raw, errorsOf(staff, typed));
  const differing = await paper.differences(round.id, batch.id, number, typed.flow.answers);
  if (isRefusal(differing)) return redirect(batchPath());
  const chosen = differing.map((one) => ({ ...one, take: rawText(raw, `take.${one.question}`) }));
  if (chosen.every(({ take }) => take === 'first' || take === 'second')) {
    const corrected = chosen
      .filter(({ take }) => take === 'second')
      .map(({ question, second }) => [question, second] as const);
    const settled = await paper.settle(round.id, batch.id, number, Object.fromEntries(corrected), differing.length);
    return isRefusal(settled) ? settled : redirect(batchPath());
  }
  const words = (question: string, answer: Answer | null): string => {
    const asked = known.instrument.questions.find(({ code }) => code === question);
    if (answer === null || asked === undefined) return t('staff:paper.blank');
    return answerWords(known.instrument, asked, { [question]: answer }, language).join('; ');
  };
  return staffPage(staff, 'staff/rounds/paper-differences', {
    title: t('staff:paper.differ', { number }),
    ...{ unit, address: form.address, back: batchPath() },
    batchName: t('staff:paper.batch', { number: batch.number, group: staff.groupName }),
    fields: Object.entries(raw).flatMap(([name, values]) =>
      name.startsWith('take.') ? [] : values.map((value) => ({ name, value })),
    ),
    differences: differing.map(({ question, first, second }) => {
      const line = typed.lines.find((one) => one.question.code === question);
      return {
        name: `take.${question}`,
        label: `${line?.number ?? ''}. ${line ? inLanguage(wordingFor(line.question, batch.group).text, language) : question}`,
        first: words(question, first),
        second: words(question, second),
      };
    }),
  });
}

async function read(staff: StaffBatch, raw: RawForm): Promise<Typed> {
  const { batch, round, services } = staff;
  const questionnaire = await services.collection.questionnaires.of(round);
  const { instrument } = questionnaire;
  const lines = paperLines(instrument, questionnaire.contextOf(batch.group));
  const readLines = lines.map((line) => ({ line, keys: readKeys(instrument, line.question, raw) }));
  const answers: Record<string, Answer | null> = {};
  for (const { keys } of readLines) if ('answers' in keys) Object.assign(answers, keys.answers);
  const answered = Object.entries(answers).filter((entry): entry is [string, Answer] => entry[1] !== null);
  const flow = questionnaire.flow({ group: batch.group, answers: Object.fromEntries(answered) });
  const faults = readLines.flatMap(({ line, keys }) =>
    'fault' in keys && flow.visible.has(line.question.code) ? [{ field: keys.field, fault: keys.fault }] : [],
  );
  const given = { group: batch.group, answers: Object.fromEntries(answered) };
  return { lines, rules: rulesOf(questionnaire, given, flow, lines), answers, flow, faults };
}

/** The rules of a paper form, taken as one page. Its lines are read by their keys, so the points of the scale stay. */
function rulesOf(
  questionnaire: Questionnaire,
  given: { readonly group: string; readonly answers: Answers },
  flow: Flow,
  lines: readonly PaperLine[],
): PageRules | null {
  const questions = lines.map(({ question }) => question.code);
  const paper = { code: `paper ${given.group}`, title: { pl: '' }, sections: [{ questions }] };
  const rules = questionnaire.pageRules(given, flow, paper);
  const { scale } = questionnaire.instrument;
  if (rules === null || scale === undefined) return rules;
  const points = Object.fromEntries(Object.keys(scale.points).map((point) => [point, { pl: '' }]));
  return { ...rules, instrument: { ...rules.instrument, scale: { ...scale, points } } };
}

function errorsOf({ language, t }: StaffBatch, { lines, faults }: Typed): ErrorLink[] {
  return faults.map(({ field, fault }) => {
    const line = lines.find(({ question }) => field === question.code || field === fieldNames.other(question.code));
    const text = faultText(fault, language);
    return { href: `#${fieldId(field)}`, text: t('staff:typing.fault', { number: line?.number ?? '', text }) };
  });
}

function showTyping(
  staff: StaffBatch,
  form: TypingForm,
  { lines, rules }: Typed,
  raw: RawForm,
  errors: readonly ErrorLink[],
): Outcome {
  const { batch, batchPath, groupName, known, language, round, t, unit } = staff;
  const errorAt = (field: string): string | null =>
    errors.find(({ href }) => href === `#${fieldId(field)}`)?.text ?? null;
  return staffPage(
    staff,
    'staff/rounds/paper-form',
    {
      title: t(form.second ? 'staff:typing.titleAgain' : 'staff:typing.title', {
        number: form.number,
        count: batch.count,
      }),
      errors,
      ...{ unit, number: form.number },
      roundName: roundTitle(round, staff),
      batchName: t('staff:paper.batch', { number: batch.number, group: groupName }),
      back: batchPath(),
      address: form.address,
      pageAddress: form.address,
      scripts: ['typing.js'],
      rules: asDataBlock(rules),
      lines: lines.map((line) => {
        const { number, question, condition, other } = line;
        const keys = keysOf(known.instrument, question).map(({ key, answer }) => {
          const choice = 'choices' in question ? question.choices.find(({ code }) => code === answer) : undefined;
          const words = isSpecial(answer)
            ? t(`survey:special.${answer.special}`)
            : typeof answer === 'boolean'
              ? t(answer ? 'survey:yes' : 'survey:no')
              : choice && inLanguage(choice.text, language);
          return words === undefined ? null : `${key}\u00a0${words}`;
        });
        return {
          number,
          code: question.code,
          id: fieldId(question.code),
          text: inLanguage(wordingFor(question, batch.group).text, language),
          // The keys of the scale stand once above all lines.
          keys: question.type === 'rating' ? null : keys.filter((key) => key !== null).join(' · '),
          condition: condition && conditionWords(condition, lines, language),
          value: rawText(raw, question.code),
          error: errorAt(question.code),
          digits: question.type !== 'short-text' && question.type !== 'long-text',
          long: question.type === 'long-text',
          single: ['rating', 'yes-no', 'single-choice'].includes(question.type)
            ? keysOf(known.instrument, question)
                .map(({ key }) => key)
                .join(' ')
            : null,
          other:
            other === null
              ? null
              : {
                  ...{ name: other.key, id: fieldId(other.key), value: rawText(raw, other.key) },
                  key: keysOf(known.instrument, question).find(({ answer }) => answer === other.choice.code)?.key ?? '',
                  label: t('staff:typing.other', { number, choice: inLanguage(other.choice.text, language) }),
                  error: errorAt(other.key),
                },
        };
      }),
    },
    errors.length > 0 ? 422 : 200,
  );
}
