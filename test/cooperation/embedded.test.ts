import { embeddedTestStore } from '../support/stores';
import { describeProgrammes } from './contract';

describeProgrammes('cooperation programmes in the embedded store', embeddedTestStore);
