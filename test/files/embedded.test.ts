import { embeddedTestStore } from '../support/stores';
import { describeAttachedFiles } from './contract';

describeAttachedFiles('attached files in the embedded store', embeddedTestStore);
