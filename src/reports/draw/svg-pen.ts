import { textWidth, type Face } from './text-width';

/** Plane transformation as in SVG: x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const unmoved: Matrix = [1, 0, 0, 1, 0, 0];

interface State {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  dash: readonly number[];
  matrix: Matrix;
}

const initial: State = {
  ...{ fillStyle: '#000000', strokeStyle: '#000000', lineWidth: 1, lineCap: 'butt', lineJoin: 'miter' },
  ...{ globalAlpha: 1, font: '400 12px sans-serif', textAlign: 'start', textBaseline: 'alphabetic' },
  ...{ dash: [], matrix: unmoved },
};

/** What the marks of our own are drawn with: the part of `CanvasRenderingContext2D` that `SvgPen` has. */
export type Pen = Pick<
  SvgPen,
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'measureText'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>;

/**
 * A canvas context that writes SVG: chart.js draws on it as on any canvas, and what comes out is sharp at every size, a
 * tenth of a picture's bytes, and its numbers are text. It knows what charts of rows, bars and radars are drawn with;
 * clipping is left out, since scales are never cut and marks at their ends are to be seen whole.
 */
export class SvgPen {
  fillStyle!: string;
  strokeStyle!: string;
  lineWidth!: number;
  lineCap!: string;
  lineJoin!: string;
  globalAlpha!: number;
  font!: string;
  textAlign!: string;
  textBaseline!: string;
  lineDashOffset = 0;
  direction = 'ltr';
  private dash!: readonly number[];
  private matrix!: Matrix;
  private readonly saved: State[] = [];
  private readonly elements: string[] = [];
  private path: string[] = [];
  /** The circle that the path is, where it is nothing else. */
  private circle: { readonly x: number; readonly y: number; readonly radius: number } | null = null;

  constructor(readonly canvas: { width: number; height: number }) {
    Object.assign(this, initial);
  }

  /** All that was drawn, without the `<svg>` around it. */
  drawn(): string {
    return this.elements.join('');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font } = this;
    const { textAlign, textBaseline, dash, matrix } = this;
    this.saved.push({
      ...{ fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font },
      ...{ textAlign, textBaseline, dash, matrix },
    });
  }

  restore(): void {
    Object.assign(this, this.saved.pop() ?? {});
  }

  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.transform(cos, sin, -sin, cos, 0, 0);
  }

  private transform(...[a, b, c, d, e, f]: Matrix): void {
    const [ma, mb, mc, md, me, mf] = this.matrix;
    this.matrix = [
      ...([ma * a + mc * b, mb * a + md * b, ma * c + mc * d, mb * c + md * d] as const),
      ...([ma * e + mc * f + me, mb * e + md * f + mf] as const),
    ];
  }

  setTransform(...matrix: Matrix): void {
    this.matrix = matrix;
  }

  resetTransform(): void {
    this.matrix = unmoved;
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }

  beginPath(): void {
    this.path = [];
    this.circle = null;
  }

  moveTo(x: number, y: number): void {
    this.add(`M${this.at(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.add(`${this.path.length === 0 ? 'M' : 'L'}${this.at(x, y)}`);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.add(`C${this.at(x1, y1)} ${this.at(x2, y2)} ${this.at(x, y)}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.add(`M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`);
  }

  /** Of whole circles, which are all that is drawn of arcs. */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    if (Math.abs(to - from) < 2 * Math.PI - 1e-6) throw new Error('Charts are drawn with whole circles only.');
    const empty = this.path.length === 0;
    const [left, right] = [this.at(x - radius, y), this.at(x + radius, y)];
    const r = short(radius);
    this.add(`M${left}A${r} ${r} 0 1 0 ${right}A${r} ${r} 0 1 0 ${left}Z`);
    const [cx, cy] = this.moved(x, y);
    if (empty) this.circle = { x: cx, y: cy, radius };
  }

  closePath(): void {
    if (this.circle === null && this.path.length > 0) this.add('Z');
  }

  clip(): void {
    // Left out: see above.
  }

  clearRect(): void {
    // chart.js clears before it draws; nothing is there yet.
  }

  fill(): void {
    if (this.path.length > 0) this.shape(`fill="${colour(this.fillStyle)}"${this.alpha()}`);
  }

  stroke(): void {
    if (this.path.length > 0 && this.lineWidth > 0) this.shape(`fill="none"${this.strokeWords()}${this.alpha()}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.elements.push(`<path d="${this.rectangle(x, y, width, height)}" fill="${colour(this.fillStyle)}"/>`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.elements.push(`<path d="${this.rectangle(x, y, width, height)}" fill="none"${this.strokeWords()}/>`);
  }

  measureText(text: string): { readonly width: number } {
    const { face, size } = fontOf(this.font);
    return { width: textWidth(text, face, size) };
  }

  fillText(text: string, x: number, y: number): void {
    if (text === '') return;
    const { size, face } = fontOf(this.font);
    // Where the letters stand, as a canvas puts them: browsers differ in what they call the middle of a line.
    const lowered = { middle: 0.33, top: 0.75, hanging: 0.75, bottom: -0.25 }[this.textBaseline] ?? 0;
    const anchor = { center: 'middle', right: 'end', end: 'end' }[this.textAlign];
    const weight = face === 'Semibold' ? ' font-weight="600"' : face === 'It' ? ' font-style="italic"' : '';
    const [a, b] = this.matrix;
    const [px, py] = this.moved(x, y + lowered * size);
    const turned =
      b === 0 && a === 1
        ? ''
        : ` transform="rotate(${short((Math.atan2(b, a) * 180) / Math.PI)} ${short(px)} ${short(py)})"`;
    this.elements.push(
      `<text x="${short(px)}" y="${short(py)}" font-size="${short(size)}"${weight} fill="${colour(this.fillStyle)}"` +
        `${anchor === undefined ? '' : ` text-anchor="${anchor}"`}${turned}>${escaped(text)}</text>`,
    );
  }

  private add(step: string): void {
    this.path.push(step);
    this.circle = null;
  }

  private shape(look: string): void {
    const { circle } = this;
    this.elements.push(
      circle === null
        ? `<path d="${this.path.join('')}" ${look}/>`
        : `<circle cx="${short(circle.x)}" cy="${short(circle.y)}" r="${short(circle.radius)}" ${look}/>`,
    );
  }

  private rectangle(x: number, y: number, width: number, height: number): string {
    return `M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`;
  }

  private strokeWords(): string {
    const { strokeStyle, lineWidth, dash, lineJoin } = this;
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map(short).join(' ')}"` : '';
    const join = lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`;
    return ` stroke="${colour(strokeStyle)}"${lineWidth === 1 ? '' : ` stroke-width="${short(lineWidth)}"`}${dashes}${join}`;
  }

  private alpha(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${short(this.globalAlpha)}"`;
  }

  private moved(x: number, y: number): readonly [number, number] {
    const [a, b, c, d, e, f] = this.matrix;
    return [a * x + c * y + e, b * x + d * y + f];
  }

  private at(x: number, y: number): string {
    const [px, py] = this.moved(x, y);
    return `${short(px)} ${short(py)}`;
  }
}

/** „600 12px …”, „normal 400 12px …”, „italic 400 12px …”. */
function fontOf(font: string): { readonly face: Face; readonly size: number } {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
  return { size, face: /\bitalic\b/.test(font) ? 'It' : /\b(600|700|bold)\b/.test(font) ? 'Semibold' : 'Regular' };
}

/** A tenth of a pixel is finer than any printer. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

function colour(style: unknown): string {
  if (typeof style !== 'string') throw new Error('Charts are drawn in plain colours.');
  return style;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
