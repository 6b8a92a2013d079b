/** A text as CSS string inside a `<style>` element. */
export function cssText(text: string): string {
  return `"${text.replace(/["\\<>&\n\r]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `)}"`;
}
