import { mongoRows } from '../support/raw-store';
import { mongoTestStore } from '../support/stores';
import { nothingJoinsAnswers } from './unlinkable';

const uri = process.env.MONGODB_URI;

if (uri) {
  // What lies on the disk of the server (journal, oplog) is not ours to read: the closing page says that it has to go.
  describe('in the collections of MongoDB', () => {
    nothingJoinsAnswers(async () => {
      const data = await mongoTestStore(uri);
      const rows = () => mongoRows(data.uri);
      const pieces = async () =>
        (await rows()).map(({ table, id, text }) => ({ name: table, bytes: Buffer.from(`${id} ${text}`) }));
      return { data, hidesOrder: false, rows, pieces };
    });
  });
} else {
  it('unlinkable on MongoDB: not run, MONGODB_URI is not set', () => {
    process.stdout.write('Unlinkable on MongoDB: not run, MONGODB_URI is not set\n');
  });
}
