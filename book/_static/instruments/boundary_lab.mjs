/* Boundary lab: labelled clips in two features, a logistic regression fitted as they change, a threshold, and the confusion matrix. */

import { Plot } from "./canvas.mjs";
import { button, controls, fixed, make, select, slider, spokenText } from "./controls.mjs";

const LR = 1, STEPS = 500;
const X = { range: [-60, 0], label: "level in dB" }, Y = { range: [0, 1], label: "spectral flatness, 0 tone to 1 noise" };
const START = [ // level, flatness, label: 1 is a tone, 0 is noise
  [-12, 0.1, 1], [-20, 0.22, 1], [-27, 0.18, 1], [-35, 0.35, 1], [-42, 0.5, 1], [-16, 0.4, 1],
  [-38, 0.72, 0], [-48, 0.85, 0], [-52, 0.66, 0], [-30, 0.78, 0], [-44, 0.58, 0], [-22, 0.62, 0],
];

export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** Logistic regression by gradient descent on the mean log-loss, from zero: { w, b }. */
export function fit(rows, labels, lr = LR, steps = STEPS) {
  const w = rows[0].map(() => 0), n = rows.length;
  let b = 0;
  for (let step = 0; step < steps; step++) {
    const errors = rows.map((row, i) => sigmoid(row.reduce((sum, v, k) => sum + v * w[k], b)) - labels[i]);
    for (let k = 0; k < w.length; k++) w[k] -= lr * errors.reduce((sum, error, i) => sum + error * rows[i][k], 0) / n;
    b -= lr * errors.reduce((sum, error) => sum + error, 0) / n;
  }
  return { w, b };
}

/** Means and standard deviations of the columns; a constant column gets the deviation 1. */
export function standardiser(rows) {
  const mean = rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
  const sd = mean.map((m, k) => Math.sqrt(rows.reduce((sum, row) => sum + (row[k] - m) ** 2, 0) / rows.length) || 1);
  return { mean, sd, apply: (row) => row.map((v, k) => (v - mean[k]) / sd[k]) };
}

/** [[true noise as noise, as tone], [true tone as noise, as tone]], and the scores of the class "tone". */
export function judge(labels, p, threshold) {
  const confusion = [[0, 0], [0, 0]];
  labels.forEach((label, i) => { confusion[label][p[i] > threshold ? 1 : 0]++; });
  const [[, falseAlarms], [missed, hits]] = confusion;
  return { confusion, precision: hits + falseAlarms ? hits / (hits + falseAlarms) : 0, recall: hits + missed ? hits / (hits + missed) : 0 };
}

/** All that is shown for some clips [level, flatness, label] and a threshold. */
export function compute(clips, threshold) {
  const rows = clips.map(([x, y]) => [x, y]), labels = clips.map((clip) => clip[2]), scaler = standardiser(rows);
  const model = fit(rows.map(scaler.apply), labels);
  const probability = (row) => sigmoid(scaler.apply(row).reduce((sum, v, k) => sum + v * model.w[k], model.b));
  const p = rows.map(probability), loss = -p.reduce((sum, v, i) => sum + Math.log(Math.max(labels[i] ? v : 1 - v, 1e-15)), 0) / p.length;
  // w0 x + w1 y + b = logit(threshold): the level at which the flatness y is undecided
  const logit = Math.log(threshold / (1 - threshold)), [w0, w1] = model.w.map((v, k) => v / scaler.sd[k]);
  const shift = model.b - w0 * scaler.mean[0] - w1 * scaler.mean[1] - logit;
  const ends = Math.abs(w1) > 1e-9 ? X.range.map((x) => [x, -(shift + w0 * x) / w1]) : Math.abs(w0) > 1e-9 ? Y.range.map((y) => [-shift / w0, y]) : [];
  return { model, p, loss, ends, ...judge(labels, p, threshold) };
}

export function mount(section) {
  let clips = START.map((clip) => [...clip]), chosen = 0, shown;
  const plot = new Plot({ title: "Clips, and where the probability passes the threshold", height: 300, x: { label: X.label }, y: { label: Y.label } });
  const threshold = slider({ label: "Threshold", min: 0.05, max: 0.95, step: 0.05, value: 0.5, format: (v) => `tone if p > ${v.toFixed(2)}`, onInput: update });
  const which = slider({ label: "Chosen clip", min: 1, max: clips.length, step: 1, value: 1, compact: true, format: (v) => `number ${v}`, onInput: () => choose(Number(which.range.value) - 1) }); // the slider grows with the clips
  const level = slider({ label: "Its level", min: -60, max: 0, step: 1, value: 0, unit: "dB", format: (v) => `${fixed(v)} dB`, onInput: (v) => { clips[chosen][0] = v; update(); } });
  const flatness = slider({ label: "Its flatness", min: 0, max: 1, step: 0.02, value: 0, format: (v) => v.toFixed(2), onInput: (v) => { clips[chosen][1] = v; update(); } });
  const kind = select({ label: "It is", options: [["1", "a tone"], ["0", "noise"]], onInput: (v) => { clips[chosen][2] = Number(v); update(); } });
  const actions = make("div", { class: "instrument-actions" }, button("Add a tone", () => add(-30, 0.3, 1)), button("Add noise", () => add(-30, 0.7, 0)),
    button("Take the chosen clip away", remove), button("Start again", () => { clips = START.map((clip) => [...clip]); choose(0); }));
  const table = make("table", {}), words = spokenText();
  section.append(plot.element, controls(threshold, which, level, flatness, kind), actions, table, words.element);

  plot.canvas.style.cursor = "crosshair";
  plot.canvas.style.touchAction = "pan-y";
  plot.canvas.addEventListener("pointerdown", (event) => {
    const { toX, toY } = plot.pen, away = ([x, y]) => Math.hypot(toX(x) - event.offsetX, toY(y) - event.offsetY);
    const nearest = clips.reduce((best, clip, i) => (away(clip) < away(clips[best]) ? i : best), 0);
    if (away(clips[nearest]) < 24) { choose(nearest); plot.canvas.setPointerCapture(event.pointerId); } else move(event, true);
  });
  plot.canvas.addEventListener("pointermove", (event) => { if (event.buttons && plot.canvas.hasPointerCapture(event.pointerId)) move(event, false); });

  function move({ offsetX, offsetY }, isNew) {
    const { fromX, fromY } = plot.pen, within = (v, [lo, hi]) => Math.min(Math.max(v, lo), hi);
    const place = [Math.round(within(fromX(offsetX), X.range)), Math.round(within(fromY(offsetY), Y.range) * 50) / 50];
    if (isNew) add(...place, Number(kind.value));
    else { clips[chosen].splice(0, 2, ...place); choose(chosen); }
  }

  function add(x, y, label) { clips.push([x, y, label]); choose(clips.length - 1); }

  function remove() {
    if (clips.length > 2) clips.splice(chosen, 1);
    choose(Math.min(chosen, clips.length - 1));
  }

  function choose(number) {
    chosen = number;
    which.range.max = clips.length;
    which.range.value = number + 1;
    which.range.setAttribute("aria-valuetext", `number ${number + 1} of ${clips.length}`);
    which.element.querySelector("output").textContent = `number ${number + 1} of ${clips.length}`;
    [level.value, flatness.value, kind.value] = [clips[number][0], clips[number][1], String(clips[number][2])];
    update();
  }

  function update() {
    shown = compute(clips, threshold.value);
    const { confusion: [[rightNoise, falseAlarms], [missed, hits]], precision, recall, loss, ends } = shown;
    const tones = clips.filter((clip) => clip[2] === 1), noises = clips.filter((clip) => clip[2] === 0), [x, y] = clips[chosen];
    const says = `${clips.length} clips, ${tones.length} tones and ${noises.length} noises, by level and flatness. At the threshold ${threshold.value.toFixed(2)} ${hits} of ${tones.length} tones are found, and ${falseAlarms} noise${falseAlarms === 1 ? " is" : "s are"} taken for a tone.`;
    plot.show({ x: X.range, y: Y.range, says, layers: [
      { kind: "line", xs: ends.map((end) => end[0]), ys: ends.map((end) => end[1]), colour: "third", width: 2, name: `p = ${threshold.value.toFixed(2)}` },
      { kind: "dots", xs: tones.map((c) => c[0]), ys: tones.map((c) => c[1]), colour: "first", radius: 6, name: "tone" },
      (pen) => { for (const [cx, cy] of noises) square(pen, cx, cy, 5); },
      { kind: "dots", xs: [], ys: [], colour: "second", name: "noise (squares)" },
      (pen) => { pen.ink.strokeStyle = pen.colours.ink; pen.ink.lineWidth = 2; pen.ink.beginPath(); pen.ink.arc(pen.toX(x), pen.toY(y), 11, 0, 2 * Math.PI); pen.ink.stroke(); },
    ] });
    table.replaceChildren(
      make("caption", {}, "Confusion matrix"),
      make("tr", {}, make("td", {}), make("th", { scope: "col" }, "called noise"), make("th", { scope: "col" }, "called tone")),
      make("tr", {}, make("th", { scope: "row" }, "is noise"), make("td", {}, `${rightNoise}`), make("td", {}, `${falseAlarms}`)),
      make("tr", {}, make("th", { scope: "row" }, "is tone"), make("td", {}, `${missed}`), make("td", {}, `${hits}`)));
    words.say(`${says} Precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}, log-loss ${loss.toFixed(3)}. Chosen is clip ${chosen + 1}, ${clips[chosen][2] ? "a tone" : "noise"}, at ${fixed(x)} dB and ${y.toFixed(2)}: p ${shown.p[chosen].toFixed(2)}.`);
  }

  function square({ ink, toX, toY, colours }, cx, cy, half) {
    ink.fillStyle = colours.second;
    ink.fillRect(toX(cx) - half, toY(cy) - half, 2 * half, 2 * half);
  }
  choose(0);
}
