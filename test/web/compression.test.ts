import { startTestApp, type TestApp } from '../support/app';

describe('what goes over the wire', () => {
  let test: TestApp;
  let address: string;
  beforeAll(async () => {
    test = await startTestApp();
    address = await test.listen();
  });
  afterAll(() => test.close());

  const page = (encoding: string) => fetch(`${address}/accessibility`, { headers: { 'accept-encoding': encoding } });

  it('is the same page for everybody, compressed for those who take it so', async () => {
    const plain = await page('identity');
    const text = await plain.text();
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(text).toContain('</html>');
    for (const encoding of ['br', 'gzip']) {
      const sent = await page(`${encoding}, deflate`);
      expect(sent.headers.get('content-encoding')).toBe(encoding);
      expect(sent.headers.get('vary')).toBe('Accept-Encoding');
      // The client opens it.
      expect(await sent.text()).toBe(text);
    }
  });
});
