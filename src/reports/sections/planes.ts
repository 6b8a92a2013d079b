import { sides, type Plane } from '../../definitions/instrument';
import { comparedBasis, withoutNotes } from '../basis';
import { dotLook } from '../charts/chart';
import { dotChart, type Series } from '../charts/rows';
import {
  agreedHolder,
  areaPlace,
  changeCells,
  changeWords,
  shortChange,
  shortName,
  sideHolder,
  standing,
  survey,
  whyWords,
  type Context,
} from '../context';
import type { Holder, Place } from '../figure-rows';
import { areasVerdict, signsInWords, verdictOf, verdictWords } from '../verdicts';
import { part, type AgreedReasons, type Section } from '../section';
import type { Row, Table } from '../table';
import { areasFinding } from './findings';
import { changeColumns, ownNotes, roundCells, roundColumns } from './places-table';
import { ownIntervals, surveyChart } from './round-dots';

/** A section for each plane: its areas then and now, by side, and what the working group agreed with its reasons. */
export function planeSections(context: Context): readonly Section[] {
  return context.input.instrument.planes.map((plane) => planeSection(context, plane));
}

function planeSection(context: Context, plane: Plane): Section {
  const { w, two } = context;
  const codes = plane.areas.map(({ code }) => code);
  const place: Place = { level: 'plane', code: plane.code };
  const own = standing(context, place, survey);
  const verdict = verdictOf(context, place, survey);
  const whole =
    own.now === null
      ? w.say('plane.missing', { reason: whyWords(context, own.whyNow) })
      : w.say(verdict === null ? 'plane.finding' : 'plane.judged', {
          change: changeWords(context, own),
          verdict: verdict === null ? '' : verdictWords(context, verdict, survey),
        });
  const finding = [whole, ...areasVerdict(context, codes), areasFinding(context, codes, survey)]
    .filter((sentence) => sentence !== null)
    .join(' ');
  const reasons = reasonsOf(context, plane);
  return {
    id: `plane-${plane.code}`,
    title: w.say('plane.title', { name: w.text(plane.shortName) }),
    lead: [w.text(plane.name)],
    parts: [
      part({
        finding,
        paragraphs: comparedBasis(context),
        chart: surveyChart(context, `chart-${plane.code}`, codes, finding),
        reading: [
          two ? w.say('plane.readingTwo', { signs: signsInWords(context) }) : w.say('plane.readingOne'),
          w.say(ownIntervals(context, codes.map(areaPlace), survey) === null ? 'plane.noWhiskers' : 'plane.whiskers'),
        ].join(' '),
      }),
      part({
        title: w.say('plane.sides'),
        chart: sidesChart(context, plane),
        table: planeTable(context, plane),
        reading: w.say(`plane.readingSides.${two ? 'two' : 'one'}`),
      }),
      ...(reasons.length > 0 ? [part({ title: w.say('plane.agreed'), reasons })] : []),
    ],
  };
}

/** Two rows an area, one for each side: then and now. Form tells the side and filling the round, without any colour. */
function sidesChart(context: Context, plane: Plane) {
  const { w, two } = context;
  const places = plane.areas.map(({ code }) => areaPlace(code));
  const rows = places.flatMap((place) => sides.map((side) => ({ place, side })));
  const series = sides.flatMap((side) =>
    context.rounds.map(({ tiny, form }): Series => {
      const before = form === 'before';
      const all = rows.map((row) => (row.side === side ? standing(context, row.place, sideHolder(side)) : null));
      const values = all.map((one) => (one === null ? null : before ? one.before : one.now));
      return {
        name: w.say(two ? 'plane.series' : 'plane.seriesOne', { side: w.say(`side.${side}.name`), round: tiny }),
        look: dotLook(side, form),
        values,
        labels: values.map((value) => (value === null ? null : w.score(value))),
        absent: all.map((one, at) =>
          one !== null && values[at] === null ? whyWords(context, before ? one.whyBefore : one.whyNow) : null,
        ),
      };
    }),
  );
  const alt = sides
    .flatMap((side) => {
      const sentence = areasFinding(
        context,
        plane.areas.map(({ code }) => code),
        sideHolder(side),
      );
      return sentence === null ? [] : [`${w.say(`side.${side}.name`)}. ${sentence}`];
    })
    .join(' ');
  return dotChart({
    id: `chart-${plane.code}-sides`,
    alt: alt === '' ? w.say('finding.nothing') : alt,
    scale: context.scale,
    rowHeight: 20,
    rows: rows.map(({ place, side }) => (side === sides[0] ? shortName(context, place) : '')),
    series,
  });
}

/** Joint figures with their change, and both sides. */
function planeTable(context: Context, plane: Plane): Table {
  const { w, rounds, two } = context;
  const row = (place: Place, kind?: 'total'): Row => {
    const joint = standing(context, place, survey);
    const cellsOf = (holder: Holder) => roundCells(context, standing(context, place, holder));
    return {
      heading: place.level === 'plane' ? w.say('plane.whole') : shortName(context, place),
      ...(kind === undefined ? {} : { kind }),
      cells: [
        ...roundCells(context, joint),
        ...(two ? changeCells(context, joint) : []),
        ...sides.flatMap((side) => cellsOf(sideHolder(side))),
      ],
    };
  };
  const shorts = roundColumns(context);
  return {
    caption: w.say('plane.caption', { name: w.text(plane.shortName) }),
    spans: [
      { text: '', columns: 1 },
      { text: w.say('holder.survey'), columns: rounds.length + (two ? 2 : 0) },
      ...sides.map((side) => ({ text: w.say(`side.${side}.name`), columns: rounds.length })),
    ],
    columns: [
      { text: w.say('column.area'), numeric: false },
      ...shorts,
      ...changeColumns(context),
      ...sides.flatMap(() => shorts),
    ],
    rows: [...plane.areas.map(({ code }) => row(areaPlace(code))), row({ level: 'plane', code: plane.code }, 'total')],
    notes: [
      ...withoutNotes(
        context,
        plane.areas.map(({ code }) => areaPlace(code)),
      ),
      ...ownNotes(
        context,
        [...plane.areas.map(({ code }) => areaPlace(code)), { level: 'plane', code: plane.code }],
        [survey, ...sides.map(sideHolder)],
      ),
    ],
  };
}

/** The working group's words, for areas that it scored. */
export function reasonsOf(context: Context, plane: Plane): readonly AgreedReasons[] {
  const { w, rounds } = context;
  return plane.areas.flatMap(({ code, name }) => {
    const place = areaPlace(code);
    const said = rounds.flatMap(({ name: round, round: { agreed } }) => {
      const score = agreed?.scores.areas[code] ?? null;
      const { reasons = '', dissent = '', strengths = '', barriers = '' } = agreed?.words[code] ?? {};
      const texts = { reasons, dissent, strengths, barriers };
      if (score === null && Object.values(texts).every((text) => text === '')) return [];
      const words =
        score === null ? w.say(`why.${agreed?.scores.missing.areas[code] ?? 'not-agreed'}`) : w.score(score);
      return [{ round, score: words, ...texts }];
    });
    if (said.length === 0) return [];
    const length = said.reduce((sum, { reasons, dissent, strengths, barriers }) => sum + [reasons, dissent, strengths, barriers].join('').length, 0); // prettier-ignore
    const change = shortChange(context, standing(context, place, agreedHolder));
    return [{ area: w.text(name), change, long: length > 1500, rounds: said }];
  });
}
