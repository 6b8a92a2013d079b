/** The face of the open data. */
export { createOpenData, type OpenData, type OpenDataService } from './open-data';
export { codebook, openDataZip, type OpenDataWords } from './package';
export { tableNames } from './tables';
