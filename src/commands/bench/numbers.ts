import { browserSearchFrom } from '../../adapters/pdf/browser-search';
import { createPdfPrinter } from '../../adapters/pdf/printer';
import { languages } from '../../locales/translate';
import { openInstrument } from '../scoring-options';
import type { Bench } from './bench';
import { documentOf } from './numbers/documents';
import { printed } from './numbers/printed';
import { outputs, type Output } from './numbers/shown';
import { strangeNumbers } from './numbers/strange-numbers';

/** No output holds a number that is not in the released document (anonymity §3). */
export const numbersBench: Bench = {
  name: 'numbers',
  about: 'numbers that outputs show and the released document has not, of made-up units (20; --runs)',
  async *run({ runs }) {
    const units = runs ?? 20;
    const instrument = await openInstrument('lijw@1.0.0');
    const documents = Array.from({ length: units }, (_, number) => documentOf(number, instrument));
    const printer = createPdfPrinter({ search: browserSearchFrom(process.env) });
    const readers: Readonly<Record<string, Output>> = {
      ...outputs,
      'summary PDF': (document, language) => printed(printer, document, language, 'summary'),
      'full PDF': (document, language) => printed(printer, document, language, 'full'),
    };
    try {
      for (const [output, read] of Object.entries(readers)) {
        const strange: string[] = [];
        for (const document of documents)
          for (const language of languages)
            strange.push(...strangeNumbers(await read(document, language), document, language));
        const which = strange.length === 0 ? '' : ` (${[...new Set(strange)].slice(0, 10).join('; ')})`;
        yield {
          what: `${output}: numbers outside the released documents of ${units} units${which}`,
          ...{ unit: 'numbers', ours: strange.length, bound: null, spread: null, budget: { most: 0 } },
        };
      }
    } finally {
      await printer.close();
    }
  },
};
