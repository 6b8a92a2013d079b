import { countedAt, itemsOf, sides, type CountedQuestion } from '../../definitions/instrument';
import { choiceCodes, type CountsHolder } from '../../scoring';
import { areaPlace, areas, shortName, type Context } from '../context';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** How people answered each item: counts of people by point of the scale, or why they are kept back. */
export function itemsSheet(context: Context): Sheet {
  const { w, input, rounds, scale } = context;
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_one, step) => scale.min + step);
  const pointName = (point: number) => {
    const words = input.instrument.scale.points[String(point)];
    return words === undefined ? String(point) : `${point} – ${w.text(words)}`;
  };
  return {
    name: w.say('sheets.items'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('column.area'), 30),
      column(w.say('csv.code'), 10),
      column(w.say('column.item'), 70),
      column(w.say('csv.holder'), 16),
      column(w.say('csv.n'), 8, 0),
      ...points.map((point) => column(pointName(point), 14, 0)),
      ...['hardToSay', 'notApplicable', 'unanswered'].map((one) => column(w.say(`column.${one}`), 14, 0)),
      column(w.say('csv.reason'), 60),
    ],
    rows: rounds.flatMap(({ name, round }) =>
      areas(context).flatMap(({ code }): SheetValue[][] => {
        const answers = round.items[code];
        if (answers === undefined) return [];
        const start = [plain(name), plain(shortName(context, areaPlace(code)))];
        const items = itemsOf(input.instrument).filter((item) => item.area === code);
        if (answers.holders.length === 0) {
          const hidden = { absent: 'hidden', text: w.say('why.hidden') } as const;
          const empty = points.map(() => null);
          const why = plain(w.say(`answers.${answers.withheld ?? 'too-few'}`, { count: 2 * input.k }));
          return [[...start, null, null, null, hidden, ...empty, null, null, null, why]];
        }
        return items.flatMap((item) =>
          answers.holders.flatMap(({ holder, n, ratings, unrated }): SheetValue[][] => {
            const counts = ratings[item.code];
            if (counts === undefined) return [];
            const { hardToSay = null, notApplicable = null, unanswered = null } = unrated[item.code] ?? {};
            return [
              [
                ...[...start, item.code, plain(w.text(item.text)), plain(holderName(context, holder)), n],
                ...points.map((point) => counts[String(point)] ?? 0),
                ...[hardToSay, notApplicable, unanswered, null],
              ],
            ];
          }),
        );
      }),
    ),
  };
}

/** How the questions outside the areas were answered; null where none was asked. */
export function questionsSheet(context: Context): Sheet | null {
  const { w, input, rounds } = context;
  const asked = (['barriers', 'support', 'views'] as const).flatMap((place) => countedAt(input.instrument, place));
  const rows = rounds.flatMap(({ name, round }) =>
    asked.flatMap((question): SheetValue[][] => {
      const counts = round.counts.find((one) => one.question === question.code);
      if (counts === undefined) return [];
      const start = [plain(name), question.code, plain(w.text(question.text))];
      if (counts.holders.length === 0) {
        const hidden = { absent: 'hidden', text: w.say('why.hidden') } as const;
        const k = w.count(input.k);
        const why = counts.why === null ? null : plain(w.say(`questions.${counts.why}`, { round: name, k }));
        return [[...start, null, null, null, hidden, null, null, why]];
      }
      return counts.holders.flatMap(({ holder, answered, chosen }) =>
        choiceCodes(question).map((choice): SheetValue[] => {
          const people = chosen[choice] ?? 0;
          return [
            ...[...start, choice, plain(choiceName(context, question, choice)), plain(holderName(context, holder))],
            ...[people, answered, Math.round((100 * people) / answered), null],
          ];
        }),
      );
    }),
  );
  if (rows.length === 0) return null;
  return {
    name: w.say('sheets.questions'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('csv.code'), 10),
      column(w.say('column.item'), 60),
      column(w.say('sheets.choice'), 16),
      column(w.say('column.answer'), 50),
      column(w.say('csv.holder'), 16),
      column(w.say('sheets.chosen'), 12, 0),
      column(w.say('questions.answered'), 14, 0),
      column(w.say('sheets.share'), 10, 'percent'),
      column(w.say('csv.reason'), 60),
    ],
    rows,
  };
}

/** The words of one answer to a question outside the areas. */
export function choiceName({ w }: Context, question: CountedQuestion, code: string): string {
  if (question.type === 'yes-no') return w.say(`questions.${code}`);
  const choice = question.choices.find((one) => one.code === code);
  return choice === undefined ? code : w.text(choice.text);
}

function holderName({ w }: Context, holder: CountsHolder): string {
  return sides.some((side) => side === holder) ? w.say(`side.${holder}.name`) : w.say('questions.everyone');
}
