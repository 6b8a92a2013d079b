import { roundDocument } from '../../src/reports/assessment-report';
import { buildReport } from '../../src/reports/model';
import { reportInput } from '../../src/reports/report-input';
import { allowed, assessmentOver, closeAndCompute, newAssessment, newOpenRound } from '../support/builders';
import { embeddedTestStore } from '../support/stores';

test('a report says how answers came in, what that cannot exclude, and which clause was read; codes of shown groups only', async () => {
  const files = await embeddedTestStore();
  try {
    const services = assessmentOver(files.store);
    const { unit, assessment } = await newAssessment(services);
    const words = { controller: 'Wójt Gminy', contact: '', dpo: '', more: '', moreEn: '' };
    allowed(await services.clauses.edit(unit.id, words, 0));
    const ways = { officials: 'cards', councillors: 'cards' } as const;
    const groupSizes = { officials: 20, councillors: 9 };
    const round = await newOpenRound(services, { assessmentId: assessment.id, ways, groupSizes });
    for (const [group, printed, used] of [
      ['officials', 12, 6],
      ['councillors', 9, 2],
    ] as const) {
      const [sheet] = allowed(await services.tickets.print(round.id, group, [{ kind: 'cards', count: printed }]));
      for (const code of sheet!.codes.slice(0, used)) {
        const { token } = allowed(await services.drafts.startWith(round.id, code));
        allowed(await services.drafts.save(token, { a1: 3 }));
        allowed(await services.submissions.submit(token));
      }
    }
    const batch = allowed(await services.paper.create(round.id, 'ngo', 6));
    for (let number = 1; number <= 6; number += 1) {
      const { token } = allowed(await services.paper.begin(round.id, batch.id, ''));
      allowed(await services.paper.enter(token, batch.id, number, { a1: 4 }));
    }
    await closeAndCompute(services, round.id);
    const input = reportInput(allowed(await roundDocument(services, round.id, '2026-04-01')));
    expect(input.rounds[0]?.study).toMatchObject({
      ...{ clause: '1.1', ways: ['link', 'cards'] },
      codes: { issued: 12, used: 6 },
      paper: { answers: 6, blank: true },
    });
    const printed = JSON.stringify(buildReport(input, 'pl')).replaceAll('\u00a0', ' ');
    expect(printed).toContain('nie można wykluczyć, że ktoś odpowiedział dwa razy');
    expect(printed).toContain('Na papierze odpowiedziało 6 osób');
    expect(printed).toContain('Na papierze przyszło 6 odpowiedzi. Ankiety papierowe bez kodu: nie można wykluczyć');
    expect(printed).toContain('Informacja dla osób pytanych w wersji 1.1.');
  } finally {
    await files.dispose();
  }
});
