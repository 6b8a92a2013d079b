import { mongoTestStore } from '../../support/stores';
import { describeJobs } from './contract';

const uri = process.env.MONGODB_URI;

if (uri) describeJobs('jobs on MongoDB', () => mongoTestStore(uri));
else {
  it('jobs on MongoDB: not run, MONGODB_URI is not set', () => {
    expect(process.env.MONGODB_URI).toBeFalsy();
  });
}
