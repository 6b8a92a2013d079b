import type { AttachedFile, AttachedFiles } from '../files/attached-files';
import { file, type FileOutcome } from './outcome';

/** What staff attached, as a download: never shown in the browser, whatever somebody put into it. */
export function attachedFile(files: AttachedFiles, { name, type, ...row }: AttachedFile): FileOutcome {
  return file(name, type, files.read({ name, type, ...row }));
}
