import { browserKinds, browserSearchFrom } from '../../../src/adapters/pdf/browser-search';

describe('the search for a browser', () => {
  it('goes through every kind, the packaged one last, where nothing is set', () => {
    expect(browserSearchFrom({})).toEqual({ executablePath: null, kinds: browserKinds });
    expect(browserKinds.at(-1)).toBe('packaged');
    expect(browserSearchFrom({ PUPPETEER_EXECUTABLE_PATH: '', LIJW_BROWSER_SEARCH: '' }).kinds).toEqual(browserKinds);
  });

  it('keeps to the kinds that are set, in its own order', () => {
    expect(browserSearchFrom({ LIJW_BROWSER_SEARCH: 'packaged, system' }).kinds).toEqual(['system', 'packaged']);
  });

  it('keeps to a path that is set', () => {
    expect(browserSearchFrom({ PUPPETEER_EXECUTABLE_PATH: '/opt/chromium' }).executablePath).toBe('/opt/chromium');
  });
});
