import { areasOf, countedAt, itemsOf } from '../../definitions/instrument';
import { choiceCodes } from '../../scoring';
import type { Context } from '../context';
import { choiceName } from './answers-sheets';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** Every code of the report's instrument: its words, what it is, and what it belongs to. */
export function codebookSheet(context: Context): Sheet {
  const { w, input } = context;
  const { planes, groups, facts, scale } = input.instrument;
  const line = (kind: string, code: string, words: string, type: string, of: string | null): SheetValue[] => [
    ...[w.say(`codebook.kinds.${kind}`), code, plain(words), type, of],
  ];
  const asked = (['barriers', 'support', 'views'] as const).flatMap((place) => countedAt(input.instrument, place));
  const points = Object.entries(scale.points);
  const score = w.say('codebook.score', { min: w.count(scale.min), max: w.count(scale.max) });
  return {
    name: w.say('sheets.codes'),
    columns: [
      column(w.say('codebook.kind'), 18),
      column(w.say('csv.code'), 24),
      column(w.say('codebook.words'), 90),
      column(w.say('codebook.type'), 30),
      column(w.say('codebook.of'), 24),
    ],
    rows: [
      line('index', 'index', w.say('index'), score, null),
      ...planes.map(({ code, name }) => line('plane', code, w.text(name), score, 'index')),
      ...planes.flatMap((plane) =>
        plane.areas.map(({ code, name }) => line('area', code, w.text(name), score, plane.code)),
      ),
      ...areasOf(input.instrument).flatMap(({ code }) =>
        itemsOf(input.instrument)
          .filter(({ area }) => area === code)
          .map((item) => line('item', item.code, w.text(item.text), w.say('codebook.rating'), code)),
      ),
      ...points.map(([point, words]) => line('point', point, w.text(words), w.say('codebook.point'), null)),
      ...groups.map(({ code, name, side }) =>
        line(
          'group',
          code,
          w.text(name),
          w.say('codebook.people'),
          w.say(side === null ? 'side.none' : `side.${side}.name`),
        ),
      ),
      ...asked.flatMap((question) => [
        line('question', question.code, w.text(question.text), w.say(`codebook.types.${question.type}`), null),
        ...choiceCodes(question).map((choice) =>
          line('choice', choice, choiceName(context, question, choice), w.say('codebook.count'), question.code),
        ),
      ]),
      ...facts.map((field) =>
        line('fact', field.code, w.text(field.text), w.say(`codebook.types.${field.type}`), field.area ?? null),
      ),
    ],
  };
}
