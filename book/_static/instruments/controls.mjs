/* Controls: native inputs with labels, and words for what is shown. Each maker returns { element, value }; `value` can be set, too. */

let count = 0;

/** An element with attributes and children: make("p", { class: "x" }, "text"). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A number as it is read out: fixed(-6.02, 1) is "−6.0", and nothing is "−0.0". */
export function fixed(value, digits = 0) {
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : value < 0 ? "minus infinite" : "undefined";
  const text = Math.abs(value).toFixed(digits);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
}

/** A number as a slider, a field to type in, and words. `log` spreads the slider by ratios; format(value) makes the words; `compact` leaves out the field. */
export function slider({ label, min, max, step, value, unit = "", log = false, compact = false, format = (v) => `${v} ${unit}`.trim(), onInput = () => {} }) {
  const id = `instrument-control-${++count}`, digits = (String(step).split(".")[1] ?? "").length;
  const range = make("input", { type: "range", id, ...(log ? { min: 0, max: 1000, step: 1 } : { min, max, step }) });
  const field = make("input", { type: "number", "aria-label": `${label}${unit && ` in ${unit}`}`, min, max, step, inputmode: "decimal" });
  const words = make("output", { for: id });
  const place = (v) => (log ? 1000 * Math.log(v / min) / Math.log(max / min) : v);
  const valueAt = (p) => (log ? min * (max / min) ** (p / 1000) : p);
  const onGrid = (v) => Number(Math.min(Math.max(min + Math.round((v - min) / step) * step, min), max).toFixed(digits));

  let now;
  const show = (v, { keepField = false, keepRange = false } = {}) => {
    now = onGrid(v);
    if (!keepRange) range.value = place(now);
    if (!keepField) field.value = now.toFixed(digits);
    words.textContent = format(now);
    range.setAttribute("aria-valuetext", words.textContent);
  };
  range.oninput = () => { show(valueAt(Number(range.value)), { keepRange: true }); onInput(now); };
  field.oninput = () => {
    if (field.value === "" || !field.validity.valid && !field.validity.stepMismatch) return; // a number is being typed
    show(Number(field.value), { keepField: true });
    onInput(now);
  };
  field.onchange = () => { show(field.value === "" ? now : Number(field.value)); onInput(now); };
  show(value);

  const head = make("div", { class: "instrument-head" }, make("label", { for: id }, label), words);
  const element = make("div", { class: "instrument-control" }, head, make("div", { class: "instrument-inputs" }, range, ...(compact ? [] : [field])));
  return { element, range, get value() { return now; }, set value(v) { show(v); } };
}

/** One of several: options are [value, text]. */
export function select({ label, options, value, onInput = () => {} }) {
  const id = `instrument-control-${++count}`, list = make("select", { id }, ...options.map(([v, text]) => make("option", { value: v }, text)));
  list.value = value ?? options[0][0];
  list.oninput = () => onInput(list.value);
  const element = make("div", { class: "instrument-control" }, make("label", { for: id }, label), list);
  return { element, list, get value() { return list.value; }, set value(v) { list.value = v; } };
}

/** Yes or no. */
export function check({ label, value = false, onInput = () => {} }) {
  const id = `instrument-control-${++count}`, box = make("input", { type: "checkbox", id });
  box.checked = value;
  box.oninput = () => onInput(box.checked);
  const element = make("div", { class: "instrument-control instrument-check" }, box, make("label", { for: id }, label));
  return { element, get value() { return box.checked; }, set value(v) { box.checked = v; } };
}

/** A button that does something. */
export function button(text, onClick) {
  const element = make("button", { type: "button" }, text);
  element.onclick = onClick;
  return element;
}

/** A file of sound, chosen or dropped on `dropOn`: onFile(File). */
export function filePicker({ label, accept = "audio/*,.wav", dropOn, onFile }) {
  const id = `instrument-control-${++count}`, input = make("input", { type: "file", id, accept });
  input.onchange = () => { if (input.files[0]) onFile(input.files[0]); };
  const element = make("div", { class: "instrument-control" }, make("label", { for: id }, label), input);
  const target = dropOn ?? element;
  const over = (event) => { event.preventDefault(); target.classList.add("drop"); };
  target.addEventListener("dragenter", over);
  target.addEventListener("dragover", over);
  target.addEventListener("dragleave", () => target.classList.remove("drop"));
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    target.classList.remove("drop");
    if (event.dataTransfer.files[0]) onFile(event.dataTransfer.files[0]);
  });
  return { element, input };
}

/** Controls side by side where there is room. */
export const controls = (...parts) => make("div", { class: "instrument-controls" }, ...parts.map((part) => part.element ?? part));

/** Controls that belong together, under a name. */
export const group = (legend, ...parts) => make("fieldset", { class: "instrument-group" }, make("legend", {}, legend), ...parts.map((part) => part.element ?? part));

/** A paragraph that says what is shown, also to screen readers: politely, and only when nothing has changed for `quiet_ms`. */
export function spokenText(quietMs = 400) {
  const element = make("p", { class: "instrument-words", role: "status", "aria-live": "polite" });
  let timer = 0;
  return {
    element,
    say(text) {
      clearTimeout(timer);
      if (element.textContent === "") element.textContent = text;
      else timer = setTimeout(() => { if (element.textContent !== text) element.textContent = text; }, quietMs);
    },
  };
}
