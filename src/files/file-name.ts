import { visibleText } from '../shared/plain-text';

/** Most characters of a name that is kept. */
const longest = 120;

/**
 * The name under which an attached file is kept and given out again: without folders (browsers of old sent whole
 * paths), without characters that file systems refuse or nobody sees, and not hidden. What is too long is cut before its
 * ending. '' where nothing is left.
 */
export function cleanFileName(name: string): string {
  const own = visibleText(name.split(/[\\/]/).at(-1) ?? '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .trim();
  const characters = Array.from(own);
  if (characters.length <= longest) return own;
  const ending = /\.[a-z0-9]{1,8}$/i.exec(own)?.[0] ?? '';
  return `${characters
    .slice(0, longest - ending.length)
    .join('')
    .trim()}${ending}`;
}
