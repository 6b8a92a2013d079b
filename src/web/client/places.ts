import { searchablePlaces } from './parts/place-picker';

searchablePlaces();
