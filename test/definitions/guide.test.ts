import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operators } from '../../src/definitions/conditions/operators';
import { altered, smallInstrument } from '../support/instruments';
import { checkInstrument } from '../../src/definitions/check/check-instrument';

const folder = join(__dirname, '..', '..', 'survey-definitions');
const guide = readFileSync(join(folder, 'README.md'), 'utf8');
const schema: unknown = JSON.parse(readFileSync(join(folder, 'instrument.schema.json'), 'utf8'));

function propertiesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...(key === 'properties' ? Object.keys(part as object) : []),
    ...propertiesIn(part),
  ]);
}

describe('the guide for authors', () => {
  it('names every property of the schema', () => {
    const properties = [...new Set(propertiesIn(schema))];
    expect(properties.length).toBeGreaterThan(50);
    expect(properties.filter((name) => !guide.includes(`\`${name}\``) && !guide.includes(`"${name}"`))).toEqual([]);
  });

  it('names every operator', () => {
    expect([...operators.keys()].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('shows an item and a form that pass the check', () => {
    const examples = [...guide.matchAll(/```json\n([^]*?)```/g)].map(([, json = '']) => json);
    const item = JSON.parse(examples.find((json) => json.includes('"type": "rating"')) ?? '{}');
    const form = JSON.parse(examples.find((json) => json.includes('"minutes"')) ?? '{}');
    const document = altered(smallInstrument(), (copy) => {
      copy.questions.push({ ...item, core: undefined });
      copy.forms.full.minutes = form.full.minutes;
      copy.forms.full.pages.push(...form.full.pages);
    });
    expect(checkInstrument(JSON.parse(JSON.stringify(document)))).toEqual([]);
  });
});
