import type { Context } from '../context';
import { part, type Section } from '../section';
import { asksForComments } from './comments';
import { limitsOf } from './limits';

/** How it was made and what it cannot tell, in plain words. */
export function methodSection(context: Context): Section {
  const { w, input, two } = context;
  const limits = limitsOf(context);
  const parameters = { k: w.count(input.k), same: w.score(context.latest.practicallySame) };
  const words = (keys: readonly string[]) => keys.map((key) => w.say(`method.${key}`, parameters));
  return {
    id: 'method',
    title: w.say('method.title'),
    lead: [],
    parts: [
      part({ title: w.say('method.how'), paragraphs: words(['purpose', 'survey', 'group', 'two']) }),
      part({
        title: w.say('method.figures'),
        paragraphs: words([
          'area',
          'sides',
          'index',
          'agreed',
          ...(two ? ['change', 'compared', 'certain'] : []),
          ...(input.k > 1 ? ['hidden'] : []),
          'missing',
        ]),
      }),
      part({
        title: w.say('method.limits'),
        paragraphs: [
          ...limits,
          ...words([
            'selfAssessment',
            ...(two ? ['samePeople', ...(asksForComments(context) ? ['comments'] : [])] : []),
          ]),
        ],
      }),
    ],
  };
}
