import { embeddedTestStore } from '../support/stores';
import { describeStore } from './contract';

describeStore('the embedded store keeps the contract', embeddedTestStore);
