/** The 11 things that an annual cooperation programme must contain (act of 24 April 2003, art. 5a(4)), in its order. */
export const requiredElements = [
  'aims',
  'principles',
  'subject-scope',
  'forms',
  'priority-tasks',
  'period',
  'way-of-implementation',
  'planned-money',
  'way-of-evaluation',
  'how-made',
  'commissions',
] as const;
export type RequiredElement = (typeof requiredElements)[number];

export type ElementState = 'missing' | 'drafted' | 'ready';

/** How far an element is: nobody writes the state down, so it cannot say anything but what the text says. */
export function elementState(element: { readonly text: string; readonly ready: boolean } | undefined): ElementState {
  if (element === undefined) return 'missing';
  if (element.ready) return 'ready';
  return element.text === '' ? 'missing' : 'drafted';
}
