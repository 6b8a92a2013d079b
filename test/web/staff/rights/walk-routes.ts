import type { Express } from 'express';

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** Every address that the application answers, from its own router: `GET /staff/units/:unit/edit`. */
export function routesOf(app: Express): string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  return [...new Set(stack.flatMap(ofLayer))].sort();
}

function ofLayer({ route, handle }: Layer): string[] {
  if (route === undefined) return (handle.stack ?? []).flatMap(ofLayer);
  return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${String(route.path)}`);
}
