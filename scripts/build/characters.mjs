const printableAscii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
/** Letters of names in Poland that are no Polish ones. */
const neighbours = 'ÄäÖöÜüßÉéÈèÁáÍíÚúÝýČčĎďĚěŇňŘřŠšŤťŮůŽžŁł';
const polish = 'ĄąĆćĘęŁłŃńÓóŚśŹźŻż';
const marks = '„”“’‘«»–—…·•×−±≤≥∞≈§°²³¹½%‰€→←↑↓▲▼●◆○✓Σ´©\u00a0\u00ad\u2011';

/** Every character that the pages set in our font; another one is shown in a font of the reader's. */
export const characters = [...new Set(printableAscii + polish + neighbours + marks)].join('');
