import { longestText } from '../../definitions/answer-check';
import { longestOtherWords } from '../../definitions/answers';
import {
  specialAnswersOf,
  wordingFor,
  type FactField,
  type Instrument,
  type Question,
  type RatingQuestion,
  type Text,
} from '../../definitions/instrument';
import { resources } from '../../locales/resources';
import { translator, type Language } from '../../locales/translate';
import { setWords } from '../../locales/typography';
import { fieldId, fieldNames, specialValue } from '../forms/field-names';
import { rawList, rawText, type RawForm } from '../forms/raw';

/** What the partial `questions/<type>` shows. All words are in the page's language. */
export interface QuestionField {
  readonly partial: string;
  readonly code: string;
  readonly name: string;
  /** Id of the first thing to fill in; the ids of parts grow from it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** Shown now; a hidden one is on the page so that it can appear without a reload. */
  readonly visible: boolean;
  readonly required: boolean;
  /** What the fields hold; meaning depends on the type. */
  readonly value: string;
  readonly options: readonly Option[];
  readonly special: readonly Option[];
  /** Ticking boxes for "hard to say" beside a typed answer. */
  readonly specialName: string;
  readonly clear: Option | null;
  /** What the ends of the scale mean for this rating, in one line. */
  readonly means?: string;
  readonly ends?: { readonly low: string; readonly middle: string; readonly high: string };
  readonly places: readonly Place[];
  readonly date?: { readonly day: DatePart; readonly month: DatePart; readonly year: DatePart };
  readonly unit?: string;
  readonly maxLength?: number;
  /** JSON of the sentences of the character count, by plural form, with `{{count}}` in them. */
  readonly sentences?: string;
  readonly describedBy?: string;
}

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
  readonly exclusive?: boolean;
  /** The point's number on a scale. */
  readonly point?: number;
  /** The field that opens under this choice. */
  readonly other?: { readonly id: string; readonly name: string; readonly value: string; readonly maxLength: number };
}

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
}

interface DatePart {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

export interface FieldContext {
  readonly instrument: Instrument;
  readonly language: Language;
  readonly group: string | null;
  /** What the fields hold: as typed, or made from saved answers. */
  readonly form: RawForm;
  readonly prefix?: string;
  /** Whether the question is asked now; all are where left out. */
  readonly visible?: ReadonlySet<string>;
  readonly required?: ReadonlySet<string>;
  /** Sentences by question code. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** The browser counts and has no words of its own. */
function lengthSentences(language: Language): Readonly<Record<string, string>> {
  const sentences = Object.entries(resources[language].survey.length as Record<string, string>);
  return Object.fromEntries(sentences.filter(([key]) => !key.startsWith('most')));
}

export function questionField(question: Question | FactField, context: FieldContext): QuestionField {
  const { instrument, language, group, form, prefix = '', visible, required, errors = {} } = context;
  const t = translator(language);
  const say = (text: Text): string => setWords(text, language);
  const name = prefix + question.code;
  const id = fieldId(name);
  const wording = wordingFor(question, group);
  const value = rawText(form, name);
  const error = errors[question.code];

  const typed = !['rating', 'single-choice', 'yes-no'].includes(question.type);
  const specialName = typed ? fieldNames.special(name) : name;
  const special = specialAnswersOf(question).map((kind): Option => {
    const held = specialValue(kind);
    return {
      id: `${id}-${kind}`,
      name: specialName,
      value: held,
      label: t(`survey:special.${kind}`),
      checked: rawText(form, specialName) === held,
    };
  });
  const options = optionsOf();
  const answered = [...options, ...special].some(({ checked }) => checked);
  const clearable = ['rating', 'single-choice', 'yes-no'].includes(question.type);

  function option(code: string, label: string, index: number, checked: boolean): Option {
    return { id: index === 0 ? id : `${id}-${code}`, name, value: code, label, checked };
  }

  function optionsOf(): Option[] {
    switch (question.type) {
      case 'rating':
        return Object.entries(instrument.scale?.points ?? {}).map(([point, word], index) => ({
          ...option(point, say(word), index, value === point),
          point: Number(point),
        }));
      case 'yes-no':
        return ['true', 'false'].map((code, index) =>
          option(code, t(code === 'true' ? 'survey:yes' : 'survey:no'), index, value === code),
        );
      case 'single-choice':
      case 'multiple-choice': {
        const held = rawList(form, name);
        return question.choices.map((choice, index) => ({
          ...option(choice.code, say(choice.text), index, held.includes(choice.code)),
          ...(choice.exclusive ? { exclusive: true } : {}),
          ...(choice.other
            ? {
                other: {
                  id: fieldId(fieldNames.other(name)),
                  name: fieldNames.other(name),
                  value: rawText(form, fieldNames.other(name)),
                  maxLength: longestOtherWords,
                },
              }
            : {}),
        }));
      }
      default:
        return [];
    }
  }

  function placesOf(): Place[] {
    if (question.type !== 'ranking') return [];
    return Array.from({ length: question.places ?? question.choices.length }, (_, index) => {
      const place = fieldNames.place(name, index + 1);
      const chosen = rawText(form, place);
      const choices = question.choices.map(({ code, text }) => ({
        value: code,
        label: say(text),
        selected: code === chosen,
      }));
      return {
        id: fieldId(place),
        name: place,
        label: t('survey:ranking.place', { place: index + 1 }),
        options: choices,
      };
    });
  }

  const part = (partName: string): DatePart => ({
    id: fieldId(partName),
    name: partName,
    value: rawText(form, partName),
  });
  const points = question.type === 'rating' ? options : [];
  const isText = question.type === 'short-text' || question.type === 'long-text';
  const unit =
    question.type === 'number'
      ? question.unit && say(question.unit)
      : question.type === 'percent'
        ? '%'
        : question.type === 'money'
          ? t('survey:currency')
          : undefined;
  const means = question.type === 'rating' ? meansOf(question, instrument, say) : undefined;
  const describedBy = [
    unit ? `${id}-unit` : '',
    wording.hint ? `${id}-hint` : '',
    means ? `${id}-means` : '',
    error === undefined ? '' : `${id}-error`,
  ]
    .filter((one) => one !== '')
    .join(' ');

  return {
    partial: `questions/${question.type}`,
    code: question.code,
    name,
    id,
    label: say(wording.text),
    ...(wording.hint ? { hint: say(wording.hint) } : {}),
    ...(error === undefined ? {} : { error }),
    visible: visible?.has(question.code) ?? true,
    required: required?.has(question.code) ?? false,
    value,
    options,
    special,
    specialName,
    clear:
      clearable && !required?.has(question.code)
        ? { id: `${id}-none`, name, value: '', label: t('survey:clear'), checked: !answered }
        : null,
    ...(means ? { means } : {}),
    ...(points.length > 0
      ? {
          ends: {
            low: points[0]?.label ?? '',
            middle: points[(points.length - 1) / 2]?.label ?? '',
            high: points.at(-1)?.label ?? '',
          },
        }
      : {}),
    places: placesOf(),
    ...(question.type === 'date'
      ? {
          date: {
            day: part(fieldNames.day(name)),
            month: part(fieldNames.month(name)),
            year: part(fieldNames.year(name)),
          },
        }
      : {}),
    ...(unit ? { unit } : {}),
    ...(isText ? { maxLength: longestText(question), sentences: JSON.stringify(lengthSentences(language)) } : {}),
    ...(describedBy === '' ? {} : { describedBy }),
  };
}

/** „1 – nie pytano; 5 – pytano zawsze”: both ends where both are described, so that neither leads. */
function meansOf(
  { lowMeans, highMeans }: RatingQuestion,
  { scale }: Instrument,
  say: (text: Text) => string,
): string | undefined {
  if (lowMeans === undefined || scale === undefined) return highMeans && say(highMeans);
  const ends = [{ point: scale.min, words: lowMeans }, ...(highMeans ? [{ point: scale.max, words: highMeans }] : [])];
  return ends.map(({ point, words }) => `${point} – ${say(words)}`).join('; ');
}
