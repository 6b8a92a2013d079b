import { embeddedTestStore } from '../../support/stores';
import { describeJobs } from './contract';

describeJobs('jobs on the embedded store', embeddedTestStore);
