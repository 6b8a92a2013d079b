import { mongoTestStore } from '../support/stores';
import { describeAttachedFiles } from './contract';

const uri = process.env.MONGODB_URI;

if (uri) describeAttachedFiles('attached files on MongoDB', () => mongoTestStore(uri));
else {
  it('attached files on MongoDB: not run, MONGODB_URI is not set', () => {
    expect(process.env.MONGODB_URI).toBeFalsy();
  });
}
