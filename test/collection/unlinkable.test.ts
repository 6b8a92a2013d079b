import { rawFiles, rawRows } from '../support/raw-store';
import { embeddedTestStore } from '../support/stores';
import { nothingJoinsAnswers } from './unlinkable';

describe('in the files of the embedded engine', () => {
  nothingJoinsAnswers(async () => {
    const data = await embeddedTestStore();
    return { data, hidesOrder: true, rows: () => rawRows(data.folder), pieces: () => rawFiles(data.folder) };
  });
});
