import { diamondLook, dotLook } from '../charts/chart';
import { dotChart } from '../charts/rows';
import {
  agreedHolder,
  areaPlace,
  areas,
  changeWords,
  indexPlace,
  scoreCell,
  shortName,
  standing,
  survey,
  whyWords,
  type Context,
  type RoundWords,
} from '../context';
import { levelsOf } from '../extremes';
import { rowOf } from '../figure-rows';
import { part, type Part, type Section } from '../section';
import { absentCell, numberCell, textCell } from '../table';
import type { Interval } from '../../scoring';
import { latestBasis } from '../basis';
import { round2, roundedOrNull } from '../../shared/rounding';
import { areaCodes, areasFinding } from './findings';
import { placesTable } from './places-table';
import { dotSeries, endsOf } from './round-dots';
import { notApproved } from './published';
import { missingIndex } from './summary';

/** What the working group agreed: then and now, and beside the survey. Left out where it has set nothing. */
export function agreedSection(context: Context): Section | null {
  const { w, rounds } = context;
  if (rounds.every(({ round }) => round.agreed === null)) return null;
  const meetings = rounds.flatMap(({ name, round: { agreed } }) =>
    (agreed?.meetings ?? []).map(({ date, present }) => {
      const people = present.map(({ role, count }) => `${role} (${w.say('participation.persons', { count })})`);
      return w.say(people.length > 0 ? 'agreed.meeting' : 'agreed.meetingPlain', {
        round: name,
        date: w.date(date),
        present: w.list(people),
      });
    }),
  );
  return {
    id: 'agreed',
    title: w.say('agreed.title'),
    lead: [
      w.say('agreed.lead'),
      ...rounds.flatMap((words) => [...approved(context, words), ...notApproved(context, words)]),
      ...meetings,
    ],
    parts: [changePart(context), ...surveyPart(context)],
  };
}

function approved({ w }: Context, { name, round: { agreed } }: RoundWords): string[] {
  const { approvedOn } = agreed ?? {};
  return approvedOn == null ? [] : [w.say('agreed.approved', { round: name, day: w.date(approvedOn) })];
}

function changePart(context: Context): Part {
  const { w, two } = context;
  const places = areas(context).map(({ code }) => areaPlace(code));
  const index = standing(context, indexPlace, agreedHolder);
  const finding = [
    index.now === null
      ? missingIndex(context, agreedHolder)
      : w.say('agreed.finding', { change: changeWords(context, index) }),
    areasFinding(context, areaCodes(context), agreedHolder),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
  return part({
    finding,
    chart: dotChart({
      id: 'chart-agreed',
      alt: finding,
      scale: context.scale,
      rows: places.map((place) => shortName(context, place)),
      rowHeight: 20,
      series: dotSeries(context, places, agreedHolder, (_holds, form) => diamondLook(form)),
      ...(two ? { ends: endsOf(context, places, agreedHolder, w.say('column.change')) } : {}),
    }),
    table: placesTable(context, agreedHolder, w.say('agreed.caption')),
    reading: w.say('agreed.reading'),
  });
}

/** The later round's agreed scores on the row of its survey scores. */
function surveyPart(context: Context): readonly Part[] {
  const { w, latest, rounds } = context;
  if (latest.agreed === null) return [];
  const rows = areas(context).map(({ code }) => {
    const place = areaPlace(code);
    const now = (holder: typeof survey) => {
      const figure = rowOf(context.input, place, holder).figures.at(-1);
      return {
        value: roundedOrNull(figure?.mean),
        why: figure?.why ?? null,
        interval: figure?.interval ?? null,
      };
    };
    const [asked, agreed] = [now(survey), now(agreedHolder)];
    const gap = asked.value === null || agreed.value === null ? null : round2(agreed.value - asked.value);
    return { place, asked, agreed, gap };
  });
  const known = rows.flatMap(({ place, asked, agreed, gap }) =>
    gap === null || asked.value === null || agreed.value === null
      ? []
      : [{ place, asked: asked.value, agreed: agreed.value, gap: Math.abs(gap) }],
  );
  const [widest] = levelsOf(known, ({ gap }) => gap);
  if (widest === undefined) return [];
  const pairs = widest.entries.map(({ place, asked, agreed }) =>
    w.say('agreed.pair', { place: shortName(context, place), agreed: w.score(agreed), survey: w.score(asked) }),
  );
  const finding =
    widest.value === 0
      ? w.say('agreed.same')
      : w.say(`agreed.differs.${pairs.length > 1 ? 'several' : 'one'}`, {
          places: w.list(pairs),
          gap: w.score(widest.value),
        });
  const judged = rows.flatMap(({ asked, agreed }) => isInside(agreed.value, asked.interval) ?? []);
  const series = (pick: 'asked' | 'agreed') => ({
    values: rows.map((row) => row[pick].value),
    labels: rows.map((row) => (row[pick].value === null ? null : w.score(row[pick].value))),
    absent: rows.map((row) =>
      row[pick].value === null ? w.say(`agreed.absent.${pick}`, { why: whyWords(context, row[pick].why) }) : null,
    ),
  });
  const difference = ({ asked, agreed }: (typeof rows)[number]) =>
    asked.value === null || agreed.value === null ? '–' : w.points(asked.value, agreed.value);
  return [
    part({
      title: w.say('agreed.besideSurvey', { round: rounds.at(-1)?.inside }),
      finding,
      paragraphs: [
        ...latestBasis(context),
        ...(judged.length === 0
          ? []
          : [w.say('agreed.inside', { count: judged.length, n: w.count(judged.filter(Boolean).length) })]),
      ],
      chart: dotChart({
        id: 'chart-agreed-survey',
        alt: finding,
        scale: context.scale,
        rows: rows.map(({ place }) => shortName(context, place)),
        rowHeight: 20,
        series: [
          {
            name: w.say('holder.survey'),
            look: dotLook('survey', 'before'),
            ...series('asked'),
            intervals: rows.map(({ asked }) => asked.interval),
          },
          { name: w.say('holder.agreed'), look: diamondLook('now'), ...series('agreed') },
        ],
        ends: { heading: w.say('column.difference'), texts: rows.map(difference), width: 40 },
      }),
      table: {
        caption: w.say('agreed.besideCaption', { round: rounds.at(-1)?.inside }),
        columns: [
          { text: w.say('column.area'), numeric: false },
          { text: w.say('holder.survey'), numeric: true },
          { text: w.say('holder.agreed'), numeric: true },
          { text: w.say('column.difference'), numeric: true },
          { text: w.say('column.inside'), numeric: false },
        ],
        rows: rows.map((row) => ({
          heading: shortName(context, row.place),
          cells: [
            scoreCell(context, row.asked.value, row.asked.why),
            scoreCell(context, row.agreed.value, row.agreed.why),
            row.gap === null ? absentCell('–', false) : numberCell(difference(row), row.gap),
            textCell(insideWords(context, row.agreed.value, row.asked.interval)),
          ],
        })),
        notes: [],
      },
      reading: w.say('agreed.besideReading'),
    }),
  ];
}

/** Whether an agreed score lies in the survey's interval; null where one of them is not there. */
function isInside(agreed: number | null, interval: Interval | null): boolean | null {
  return agreed === null || interval === null ? null : agreed >= interval[0] && agreed <= interval[1];
}

function insideWords({ w }: Context, agreed: number | null, interval: Interval | null): string {
  const inside = isInside(agreed, interval);
  if (inside === null || interval === null) return '–';
  return w.say(inside ? 'agreed.in' : 'agreed.out', { interval: w.interval(interval) });
}
