import { mongoTestStore } from '../support/stores';
import { describeProgrammes } from './contract';

const uri = process.env.MONGODB_URI;

if (uri) describeProgrammes('cooperation programmes on MongoDB', () => mongoTestStore(uri));
else {
  it('cooperation programmes on MongoDB: not run, MONGODB_URI is not set', () => {
    expect(process.env.MONGODB_URI).toBeFalsy();
  });
}
