import { fileOwnerOfFact } from '../assessment/fact-confirmations';
import type { Round } from '../assessment/round';
import type { AssessmentServices } from '../assessment/services';
import type { AttachedFiles } from '../files/attached-files';
import { accepted } from './accepted';
import type { DemoRound } from './plan';

/** Who enters and who confirms in the demo. */
const coordinator = 'koordynatorka';
const facilitator = 'demo';

const source = {
  source: 'Sprawozdanie z programu współpracy',
  link: 'https://bip.gmina-przykladowa.example/sprawozdanie',
};

/** The fact sheet of a round: values with their sources, what is not known and why, a table attached to the grants. */
export async function seedFacts(
  {
    factSheet,
    factConfirmations,
    files,
  }: Pick<AssessmentServices, 'factSheet' | 'factConfirmations'> & { readonly files: AttachedFiles },
  round: Round,
  plan: DemoRound,
): Promise<void> {
  const { facts = {}, factsWithout = {}, factsExplained = {}, factsConfirmed = [] } = plan;
  const entry = { year: plan.assessedYear, noData: null, explanation: '', ...source };
  for (const [code, value] of Object.entries(facts)) {
    const explanation = factsExplained[code] ?? '';
    accepted(await factSheet.set(round.id, code, { ...entry, value, explanation }, 0, coordinator));
  }
  for (const [code, noData] of Object.entries(factsWithout)) {
    const given = { ...entry, source: '', link: '', value: null, noData };
    accepted(await factSheet.set(round.id, code, given, 0, coordinator));
  }
  if (facts['p21_grants'] !== undefined) {
    const table = { name: `Zestawienie dotacji ${plan.assessedYear}.csv`, content: grantsTable() };
    accepted(await files.attach(fileOwnerOfFact(round.id, 'p21_grants'), table, coordinator));
  }
  const parts = accepted(await factConfirmations.ofRound(round)).filter(({ code }) => factsConfirmed.includes(code));
  if (parts.length > 0) accepted(await factConfirmations.confirm(round, parts, facilitator));
}

function grantsTable(): Buffer {
  const rows = [
    'Zadanie;Organizacja;Kwota',
    'Sport dzieci i młodzieży;Klub Zmyślony;90000',
    'Kultura;Koło Wymyślone;54000',
  ];
  return Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n`);
}
