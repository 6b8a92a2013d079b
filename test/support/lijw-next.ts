import type { Instrument } from '../../src/definitions/instrument';
import { itemsOf } from '../../src/definitions/instrument';
import { lijw } from './report';

/** Items that 1.1.0 asks in other words and with another meaning, each in an area of its own. */
export const changedItems = ['p11b', 'p16c', 'p32b'] as const;

/** Version 1.1.0 of lijw, of the tests only: three items mean something else, all others are kept. */
export function lijwNext(): Instrument {
  const areas = lijw.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
  const isChanged = (code: string) => changedItems.some((changed) => changed === code);
  return {
    ...lijw,
    version: '1.1.0',
    questions: lijw.questions.map((question) =>
      isChanged(question.code)
        ? {
            ...question,
            text: { pl: `Pytanie ${question.code} o czym innym.`, en: `Another question, ${question.code}.` },
            variants: [],
          }
        : question,
    ),
    comparesWith: [
      {
        version: '1.0.0',
        items: {
          kept: itemsOf(lijw).flatMap(({ code }) => (isChanged(code) ? [] : [code])),
          changed: [...changedItems],
          dropped: [],
          new: [],
        },
        areas: { kept: areas, changed: [], dropped: [], new: [] },
      },
    ],
  };
}
