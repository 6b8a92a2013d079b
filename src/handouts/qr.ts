import { create } from 'qrcode';

/** A QR code as inline SVG without a size of its own: dark modules as one path, with the quiet zone of 4 modules. */
export function qrSvg(text: string, label: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const quiet = 4;
  const dark = Array.from({ length: size * size }, (_, at) => at).filter((at) => data[at] === 1);
  const path = dark.map((at) => `M${(at % size) + quiet} ${Math.floor(at / size) + quiet}h1v1h-1z`).join('');
  const side = size + 2 * quiet;
  const name = label.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return (
    `<svg class="qr" role="img" aria-label="${name}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  );
}
