import { guideToErrors } from './parts/errors';

guideToErrors();
