/* Plots on canvas: sharp at every pixel density, as wide as there is room, in the page's colours in light and dark, axes with units. */

import { fixed, make } from "./controls.mjs";

const LETTERS = 12; // pixels
const MARGIN = { left: 48, right: 12, top: 22, bottom: 36 };

/** Round places for ticks in [lo, hi], about `wanted` of them. */
export function ticks(lo, hi, wanted = 5) {
  const rough = (hi - lo) / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  return Array.from({ length: Math.floor(hi / step + 1e-9) - Math.ceil(lo / step - 1e-9) + 1 }, (_, i) => (Math.ceil(lo / step - 1e-9) + i) * step);
}

/** Black, violet, red, yellow: the colour [r, g, b] of a level from 0 to 1, brighter with each step (after matplotlib's inferno). */
export function heat(level) {
  const anchors = [[0, 0, 4], [66, 10, 104], [147, 38, 103], [221, 81, 58], [252, 165, 10], [252, 255, 164]];
  const at = Math.min(Math.max(level, 0), 1) * (anchors.length - 1), i = Math.min(Math.floor(at), anchors.length - 2);
  return anchors[i].map((from, c) => Math.round(from + (anchors[i + 1][c] - from) * (at - i)));
}

/** A plot: `new Plot({ title, height, x: { label }, y: { label } })`; append `element`, then call `show`. */
export class Plot {
  constructor({ title = "", height = 200, x = {}, y = {} } = {}) {
    Object.assign(this, { height, axes: { x, y }, view: null, pending: false });
    this.canvas = make("canvas", { role: "img", "aria-label": title });
    this.canvas.style.height = `${height}px`;
    this.legend = make("span", { class: "instrument-legend" });
    this.element = make("figure", { class: "instrument-plot" }, make("figcaption", {}, make("span", { class: "instrument-plot-title" }, title), this.legend), this.canvas);
    new ResizeObserver(() => this.redraw()).observe(this.canvas);
    new MutationObserver(() => this.redraw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  }

  /** Draws, and keeps for later redrawing.
      x, y: the ranges [lo, hi], or { range, ticks: [[place, text], …], label } for own ticks and label.
      says: the text alternative, message and numbers.
      layers, from back to front; `colour` is ink, faint, border, first, second or third, `name` puts the layer into the legend:
        { kind: "line", xs, ys, colour, width, dash: [on, off] }    { kind: "dots", xs, ys, colour, radius }
        { kind: "stems", xs, ys, base, colour, width }              { kind: "rule", x or y, colour, dash }
        { kind: "band", xs, lo, hi, colour, opacity }               { kind: "image", columns: S[t][k], x: [lo, hi], y: [lo, hi], lo, hi } (levels lo … hi as `heat`)
        { kind: "text", x, y, text, align }                         or a function (pen) => { … } with pen.ink (the 2-D context), toX, toY, colours. */
  show({ x, y, layers, says }) {
    const axis = (given, defaults) => ({ ...defaults, ...(Array.isArray(given) ? { range: given } : given) });
    this.view = { x: axis(x, this.axes.x), y: axis(y, this.axes.y), layers };
    this.canvas.setAttribute("aria-label", says);
    const named = layers.filter((layer) => layer.name);
    const key = JSON.stringify(named.map(({ name, colour, kind, dash }) => [name, colour, kind, dash]));
    if (key !== this.key) this.legend.replaceChildren(...named.map(({ name, colour = "first", kind, dash }) => make("span", { class: "instrument-key" },
      make("span", { class: `instrument-swatch ${kind} ${dash ? "dashed" : ""}`, style: `color: ${CSS_COLOURS[colour]}`, "aria-hidden": "true" }), name)));
    this.key = key;
    this.redraw();
  }

  /** Draws again in the next frame, as after a change of theme. */
  redraw() {
    if (this.pending || !this.view) return;
    this.pending = true;
    requestAnimationFrame(() => { this.pending = false; this.draw(); });
  }

  /** The pen: { ink, toX, toY, fromX, fromY, box, colours } in CSS pixels, from the last drawing. */
  get pen() {
    const { x, y } = this.view, width = this.canvas.clientWidth;
    const box = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: this.height - MARGIN.bottom };
    const scale = ([lo, hi], from, to) => [(v) => from + (v - lo) / (hi - lo) * (to - from), (p) => lo + (p - from) / (to - from) * (hi - lo)];
    const [toX, fromX] = scale(x.range, box.left, box.right), [toY, fromY] = scale(y.range, box.bottom, box.top);
    const style = getComputedStyle(this.canvas);
    const colours = Object.fromEntries(Object.entries(CSS_COLOURS).map(([name, value]) => [name, style.getPropertyValue(value.slice(4, -1)).trim() || "currentColor"]));
    return { ink: this.canvas.getContext("2d"), toX, toY, fromX, fromY, box, width, colours, font: `${LETTERS}px ${style.fontFamily}` };
  }

  draw() {
    const density = devicePixelRatio || 1, width = this.canvas.clientWidth;
    if (!width) return;
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(this.height * density);
    const pen = this.pen, { ink, box } = pen;
    ink.scale(density, density);
    ink.font = pen.font;
    drawAxes(pen, this.view);
    ink.save();
    ink.beginPath();
    ink.rect(box.left - 6, box.top - 1, box.right - box.left + 12, box.bottom - box.top + 2); // dots at the ends stay whole
    ink.clip();
    for (const layer of this.view.layers) {
      ink.save();
      ink.strokeStyle = ink.fillStyle = pen.colours[layer.colour ?? "first"];
      ink.lineWidth = layer.width ?? 1.6;
      ink.lineJoin = "round";
      ink.setLineDash(layer.dash ?? []);
      if (typeof layer === "function") layer(pen);
      else DRAW[layer.kind](layer, pen);
      ink.restore();
    }
    ink.restore();
  }
}

const CSS_COLOURS = {
  ink: "var(--drawing-ink)", faint: "var(--drawing-faint)", border: "var(--pst-color-border)", text: "var(--pst-color-text-base)",
  background: "var(--pst-color-background)", first: "var(--drawing-first)", second: "var(--drawing-second)", third: "var(--drawing-third)",
};

function drawAxes({ ink, toX, toY, box, colours }, { x, y }) {
  const marks = (axis, room) => axis.ticks ?? ticks(...axis.range, room).map((place) => [place, fixed(place, digitsOf(axis.range, room))]);
  ink.lineWidth = 1;
  ink.strokeStyle = colours.border;
  ink.fillStyle = colours.ink;
  const across = marks(x, Math.max(2, Math.min(8, (box.right - box.left) / 70))), upwards = marks(y, Math.max(2, (box.bottom - box.top) / 30));
  ink.beginPath();
  for (const [place] of across) { ink.moveTo(toX(place), box.top); ink.lineTo(toX(place), box.bottom); }
  for (const [place] of upwards) { ink.moveTo(box.left, toY(place)); ink.lineTo(box.right, toY(place)); }
  ink.stroke();
  ink.strokeStyle = colours.faint;
  ink.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  ink.textAlign = "center";
  ink.textBaseline = "top";
  for (const [place, text] of across) {
    const half = ink.measureText(text).width / 2; // the outermost stay within the canvas
    ink.fillText(text, Math.min(toX(place), box.right + MARGIN.right - half - 1), box.bottom + 5);
  }
  if (x.label) ink.fillText(x.label, (box.left + box.right) / 2, box.bottom + 21);
  ink.textAlign = "right";
  ink.textBaseline = "middle";
  for (const [place, text] of upwards) ink.fillText(text, box.left - 6, toY(place));
  ink.textAlign = "left";
  ink.textBaseline = "bottom";
  if (y.label) ink.fillText(y.label, 4, box.top - 7);
}

function digitsOf([lo, hi], room) {
  const [a, b] = ticks(lo, hi, room);
  return b === undefined ? 1 : Math.max(0, -Math.floor(Math.log10(b - a) + 1e-9));
}

const DRAW = {
  line({ xs, ys }, { ink, toX, toY }) {
    ink.beginPath();
    for (let i = 0; i < xs.length; i++) ink.lineTo(toX(xs[i]), toY(ys[i]));
    ink.stroke();
  },
  dots({ xs, ys, radius = 3 }, { ink, toX, toY }) {
    for (let i = 0; i < xs.length; i++) { ink.beginPath(); ink.arc(toX(xs[i]), toY(ys[i]), radius, 0, 2 * Math.PI); ink.fill(); }
  },
  stems({ xs, ys, base = 0 }, { ink, toX, toY }) {
    ink.beginPath();
    for (let i = 0; i < xs.length; i++) { ink.moveTo(toX(xs[i]), toY(base)); ink.lineTo(toX(xs[i]), toY(ys[i])); }
    ink.stroke();
  },
  rule({ x, y }, { ink, toX, toY, box }) {
    ink.beginPath();
    if (x !== undefined) { ink.moveTo(toX(x), box.top); ink.lineTo(toX(x), box.bottom); }
    if (y !== undefined) { ink.moveTo(box.left, toY(y)); ink.lineTo(box.right, toY(y)); }
    ink.stroke();
  },
  band({ xs, lo, hi, opacity = 0.3 }, { ink, toX, toY }) {
    ink.globalAlpha = opacity;
    ink.beginPath();
    for (let i = 0; i < xs.length; i++) ink.lineTo(toX(xs[i]), toY(hi[i]));
    for (let i = xs.length - 1; i >= 0; i--) ink.lineTo(toX(xs[i]), toY(lo[i]));
    ink.closePath();
    ink.fill();
  },
  text({ x, y, text, align = "left" }, { ink, toX, toY }) {
    ink.textAlign = align;
    ink.textBaseline = "middle";
    ink.fillText(text, toX(x), toY(y));
  },
  image({ columns, x, y, lo, hi }, { ink, toX, toY }) {
    if (!columns.length) return;
    const width = columns.length, height = columns[0].length, picture = new ImageData(width, height);
    for (let t = 0; t < width; t++) for (let k = 0; k < height; k++) {
      picture.data.set([...heat((columns[t][k] - lo) / (hi - lo)), 255], 4 * ((height - 1 - k) * width + t));
    }
    const sheet = new OffscreenCanvas(width, height);
    sheet.getContext("2d").putImageData(picture, 0, 0);
    ink.imageSmoothingEnabled = false;
    ink.drawImage(sheet, toX(x[0]), toY(y[1]), toX(x[1]) - toX(x[0]), toY(y[0]) - toY(y[1]));
  },
};
