/** Somebody with a browser of their own: keeps cookies, follows no redirect by itself. */
export interface Visitor {
  /** As a browser would send them. */
  cookies(): string;
  get(path: string): Promise<Visited>;
  post(path: string, body: string): Promise<Visited>;
}

export interface Visited {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** @param address without a slash at its end */
export function visitor(address: string): Visitor {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const visit = async (path: string, form: string | null): Promise<Visited> => {
    const headers = { cookie: cookies(), 'content-type': 'application/x-www-form-urlencoded' };
    const what = form === null ? { method: 'GET' } : { method: 'POST', body: form };
    const answer = await fetch(address + path, { ...what, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
  };
  return {
    cookies,
    get: (path) => visit(path, null),
    post: (path, body) => visit(path, body),
  };
}
