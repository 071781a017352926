"""The instruments: their numbers are the reference implementation's, and each works in a page by keyboard, in words, and at a safe level."""

import base64
import json
import re

import numpy as np
import pytest

import reference_impl as reference

pytestmark = pytest.mark.xdist_group("book")
PAGES = {"tone_lab": "01_sine", "sampling_lab": "02_wav", "spectrogram_lab": "04_spectrogram", "harmonics_lab": "05_musical_sound", "boundary_lab": "07_silence_or_sound",
         "note_recogniser": "09_which_note"}
SR = 22050
# The page computes in float64 as numpy does, in another order: 1e-9 of the largest value; what a wrong formula misses is 1e-3 and more.
SAME = 1e-9


@pytest.fixture
def compute(page, site):
    """``compute(module, expression, **signals)``: the value of an expression in which ``m`` is a module of the instruments; signals arrive as Float64Array."""
    page.open(f"{site}/index.html")

    def run(module: str, expression: str, **signals):
        sent = {name: base64.b64encode(np.asarray(y, dtype="<f8").tobytes()).decode() for name, y in signals.items()}
        return page.evaluate(f"""(async () => {{
            const m = await import("/_static/instruments/{module}.mjs");
            const read = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
            const {{ {", ".join(signals)} }} = Object.fromEntries(Object.entries({json.dumps(sent)}).map(([name, text]) => [name, read(text)]));
            const plain = (value) => ArrayBuffer.isView(value) ? Array.from(value) : Array.isArray(value) ? value.map(plain) : value;
            return plain({expression});
        }})()""")
    return run


def noise(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, n)


def test_a_sine_is_the_references(compute):
    np.testing.assert_allclose(compute("dsp", "m.sine(441.3, 8000, 8000, 0.7, 1.1)"), reference.sine(441.3, 1.0, 8000, 0.7, 1.1), atol=SAME)


@pytest.mark.parametrize(("amp", "gain", "played"), [(1.0, "undefined", 0.2), (0.1, "undefined", 0.02), (1.2, "undefined", 0.24), (3.0, "undefined", 0.25), (0.5, "9", 0.25), (0.5, "0.3", 0.15)])
def test_what_is_played_has_a_safe_level(compute, amp, gain, played):
    """A fifth of the signal's level, or so much as is asked for, and never more than a quarter of full scale."""
    assert max(np.abs(compute("audio", f"m.prepare(y, {SR}, {SR}, {gain})", y=reference.sine(1000.0, 1.0, SR, amp)))) == pytest.approx(played, rel=1e-3)


def test_a_spectrum_is_the_references(compute):
    y = noise(1024)
    freqs, magnitudes = reference.amplitude_spectrum(y, SR)
    np.testing.assert_allclose(compute("dsp", f"m.amplitudeSpectrum(y, {SR}).magnitudes", y=y), magnitudes, atol=SAME)
    np.testing.assert_allclose(compute("dsp", f"m.amplitudeSpectrum(y, {SR}).freqs", y=y), freqs, atol=1e-6)  # Hz, of up to 11025


@pytest.mark.parametrize(("n_fft", "hop"), [(256, 64), (1024, 256), (2048, 512)])
def test_a_spectrogram_is_the_references(compute, n_fft, hop):
    y = noise(6000)
    expected = reference.to_db(np.abs(reference.stft(y, n_fft, hop)) ** 2, ref=(n_fft / 4) ** 2)
    came = np.array(compute("spectrogram_lab", f"m.compute(y, {SR}, {{ nFft: {n_fft}, hop: {hop}, scale: 'linear' }})", y=y)).T
    np.testing.assert_allclose(came, expected, atol=1e-6)  # dB


def test_a_mel_spectrogram_is_the_references(compute):
    y = 0.3 * noise(9000, 1)
    came = np.array(compute("spectrogram_lab", f"m.compute(y, {SR}, {{ nFft: 2048, hop: 512, scale: 'mel' }})", y=y)).T
    np.testing.assert_allclose(came, reference.mel_spectrogram(y, SR, 64), atol=1e-6)  # dB


def test_chroma_is_the_references(compute):
    clip = reference.make_note_clips(1, np.random.default_rng(3))[0]
    np.testing.assert_allclose(compute("dsp", f"m.featuresChroma(y, {SR})", y=clip.y), reference.features_chroma(clip.y, SR), atol=SAME)


@pytest.mark.parametrize("f", [440, 4000, 4100, 7999, 8000, 8200, 12345.6, 15900])
def test_an_alias_is_the_references(compute, f):
    assert compute("dsp", f"m.aliasFrequency({f}, 8000)") == pytest.approx(reference.alias_frequency(f, 8000), abs=1e-6)


@pytest.mark.parametrize("bits", [2, 8, 16])
def test_quantising_is_the_references(compute, bits):
    y = 1.3 * noise(2000, bits)
    np.testing.assert_array_equal(compute("dsp", f"m.quantise(y, {bits})", y=y), reference.quantise(y, bits))
    clean = compute("dsp", f"m.snrDb(y, m.quantise(y, {bits}))", y=y)
    assert clean == pytest.approx(reference.snr_db(y, reference.quantise(y, bits)), abs=1e-6)  # dB


@pytest.mark.parametrize("stages", [(0.1, 0.2, 0.5, 0.3), (0.0, 0.0, 1.0, 0.0), (0.9, 0.9, 0.2, 0.9), (0.0, 0.3, 0.4, 0.0)])
def test_an_envelope_is_the_references(compute, stages):
    a, d, s, r = stages
    np.testing.assert_allclose(compute("dsp", f"m.adsr(8000, 8000, {a}, {d}, {s}, {r})"), reference.adsr(8000, 8000, a, d, s, r), atol=SAME)


def test_harmonics_are_the_references(compute):
    came = compute("dsp", "m.harmonicTone(1500.5, 8000, 8000, [1, 0.5, 0.25, 0.125])")
    np.testing.assert_allclose(came, reference.harmonic_tone(1500.5, 1.0, 8000, 4, 0.5), atol=SAME)


@pytest.mark.parametrize("shape", ["square", "sawtooth", "triangle"])
def test_a_waveform_has_no_alias(compute, shape):
    sr, f = 48000, 1875.0  # 640 periods in 16384 samples: all harmonics lie at bins
    y = np.array(compute("dsp", f"m.waveform('{shape}', {f}, 16384, {sr})"))
    freqs, magnitudes = reference.amplitude_spectrum(y, sr)
    between = np.abs((freqs + f / 2) % f - f / 2) > 20  # Hz, farther than the window's main lobe
    assert magnitudes[between].max() < 1e-9 and np.abs(y).max() < 1.3  # of 1; Gibbs' overshoot is 0.18
    assert magnitudes[round(f / sr * 16384)] == pytest.approx({"square": 4 / np.pi, "sawtooth": 2 / np.pi, "triangle": 8 / np.pi**2}[shape], abs=1e-9)


def test_the_regression_is_the_references(compute):
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((30, 2)), rng.integers(0, 2, 30)
    w, b = reference.fit_logreg_gd(X, y, 1.0, 500)
    came = compute("boundary_lab", f"(({{ w, b }}) => [...w, b])(m.fit({X.tolist()}, {y.tolist()}, 1, 500))")
    np.testing.assert_allclose(came, [*w, b], atol=SAME)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_the_matrix_is_the_references(compute, threshold):
    rng = np.random.default_rng(6)
    y, p = rng.integers(0, 2, 40), rng.uniform(size=40)
    came = compute("boundary_lab", f"(({{ confusion, precision, recall }}) => [confusion, precision, recall])(m.judge({y.tolist()}, {p.tolist()}, {threshold}))")
    cm = reference.confusion(y, (p > threshold).astype(int), 2)
    precision, recall, _ = reference.precision_recall_f1(cm)
    assert came[0] == cm.tolist() and came[1:] == pytest.approx([precision[1], recall[1]], abs=1e-12)


def test_the_line_is_where_the_probability_passes_the_threshold(compute):
    clips = [[-12, 0.1, 1], [-30, 0.4, 1], [-20, 0.5, 0], [-45, 0.8, 0], [-50, 0.3, 1]]
    (x0, y0), (x1, y1) = compute("boundary_lab", f"m.compute({clips}, 0.7).ends")
    on_line = [[x0 + t * (x1 - x0), y0 + t * (y1 - y0), 1] for t in (0.2, 0.9)]
    p = compute("boundary_lab", f"(() => {{ const scaler = m.standardiser({clips}.map((c) => c.slice(0, 2))), {{ model }} = m.compute({clips}, 0.7); "
                f"return {on_line}.map((c) => m.sigmoid(scaler.apply(c.slice(0, 2)).reduce((sum, v, k) => sum + v * model.w[k], model.b))); }})()")
    assert p == pytest.approx([0.7, 0.7], abs=1e-9)


# The trained model.

@pytest.fixture(scope="module")
def pipeline(extension):
    return extension("note_model").train()


def test_the_pages_predictions_are_scikit_learns(compute, pipeline):
    """On 200 fresh clips, features and all."""
    rng = np.random.default_rng(2024)
    clips = [clip for octave in (3, 4, 5) for clip in reference.make_note_clips(10, rng, octave=octave)][:200]
    expected = pipeline.predict([reference.features_chroma(clip.y, clip.sr) for clip in clips]).tolist()
    came = []
    for start in range(0, len(clips), 50):
        part = np.concatenate([clip.y for clip in clips[start:start + 50]])
        came += compute("note_model", f"await (async () => {{ const model = await m.load(), n = {clips[0].y.size}; "
                        f"return Array.from({{ length: all.length / n }}, (_, i) => m.predictClip(model, all.subarray(i * n, (i + 1) * n), {SR})); }})()", all=part)
    assert len(came) == 200 and came == expected
    assert np.mean(np.array(came) == [clip.label for clip in clips]) > 0.9  # 0.97 measured; chance 0.14


def test_the_pages_numbers_are_the_models(html, pipeline):
    kept = json.loads((html / "_static" / "instruments" / "note_model.json").read_text())
    assert kept["support_vectors"] == pipeline[-1].support_vectors_.tolist() and kept["mean"] == pipeline[0].mean_.tolist()


def melody(names: str, sr: int = SR) -> np.ndarray:
    """Notes of octave 4 with rests, after half a second of silence."""
    midi = dict(zip("CDEFGAB", (60, 62, 64, 65, 67, 69, 71), strict=True))
    rest = np.zeros(sr // 4)
    notes = [np.concatenate([0.5 * reference.add_fades(reference.harmonic_tone(reference.midi_to_hz(midi[name]), 0.4, sr, 4, 0.5), sr), rest]) for name in names]
    return np.concatenate([np.zeros(sr // 2), *notes])


def test_notes_are_named_in_their_order(compute):
    named = compute("note_model", f"m.nameNotes(await m.load(), y, {SR}).map((one) => [one.name, one.start])", y=melody("GEECAB"))
    assert [name for name, _ in named] == list("GEECAB")
    np.testing.assert_allclose([start for _, start in named], 0.5 + 0.65 * np.arange(6), atol=0.03)  # s: a block of 0.02 and a fade


@pytest.mark.parametrize(("y", "names"), [(np.zeros(SR), []), (1e-3 * noise(SR), []), (0.3 * noise(SR), [None])], ids=["silence", "a quiet room", "noise"])
def test_what_is_no_note_gets_no_name(compute, y, names):
    assert compute("note_model", f"m.nameNotes(await m.load(), y, {SR}).map((one) => one.name)", y=y) == names


# In the page.

@pytest.fixture
def instrument(page, site, html):
    """``instrument(name)`` opens its page and waits until it is there; what it plays is kept in window.played."""
    def show(name, width=1280, theme="light"):
        page.do(lambda p: p.add_init_script("""
            window.played = [];
            const original = AudioBuffer.prototype.copyToChannel;
            AudioBuffer.prototype.copyToChannel = function (samples, ...rest) { played.push({ samples: Array.from(samples), sr: this.sampleRate }); return original.call(this, samples, ...rest); };
        """))
        page.open(f"{site}/{PAGES[name]}.html", width, theme)
        page.do(lambda p: p.locator(f"#{name}").scroll_into_view_if_needed())
        page.do(lambda p: p.wait_for_selector(f"#{name}[data-ready]", timeout=15_000))
        return Shown(page, name)
    return show


class Shown:
    """An instrument in an open page."""

    def __init__(self, page, name):
        self.page, self.name = page, name

    def label(self, number: int = 0) -> str:
        """What the number-th picture says."""
        return self.page.do(lambda p: p.locator(f"#{self.name} canvas").nth(number).get_attribute("aria-label"))

    def words(self) -> str:
        return self.page.do(lambda p: (p.wait_for_timeout(600), p.locator(f"#{self.name} .instrument-words").inner_text())[1])

    def keys(self, control: str, *keys: str) -> None:
        """Presses keys on the control of this label."""
        def act(p):
            p.locator(f"#{self.name}").get_by_label(control, exact=True).first.focus()
            for key in keys:
                p.keyboard.press(key)
        self.page.do(act)

    def press(self, text: str) -> None:
        """Presses the button of this text, by keyboard."""
        def act(p):
            p.locator(f"#{self.name}").get_by_role("button", name=text, exact=True).focus()
            p.keyboard.press("Enter")
            p.wait_for_timeout(300)
        self.page.do(act)

    def played(self) -> tuple[np.ndarray, float]:
        """The last sound."""
        last = self.page.evaluate("played.at(-1)")
        return np.array(last["samples"]), last["sr"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lab", PAGES)
def test_an_instrument_is_complete_fits_and_says_what_it_shows(instrument, site, lab, width, theme):
    shown = instrument(lab, width, theme)
    assert [address for address in shown.page.requests if not address.startswith(site)] == []
    assert shown.page.failures == [] and shown.page.complaints == []
    assert shown.page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert len(shown.label()) > 60 and re.search(r"\d", shown.label()) and len(shown.words()) > 40
    assert shown.page.evaluate(f"[...document.querySelectorAll('#{lab} canvas')].every((canvas) => canvas.width > 0)")


@pytest.mark.parametrize("lab", PAGES)
def test_targets_are_large_enough(instrument, lab):
    small = instrument(lab, 390).page.evaluate(f"""[...document.querySelectorAll('#{lab} :is(button, input, select)')].map((target) => [target.outerHTML, target.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)""")
    assert small == []  # WCAG 2.2, 2.5.8


def frequency(y: np.ndarray, sr: float) -> float:
    return reference.dominant_frequency(y[:16384], sr)


def safe(y: np.ndarray) -> bool:
    """At most a quarter of full scale, faded in and out."""
    return bool(0.01 < np.abs(y).max() <= 0.2501 and abs(y[0]) < 1e-6 and abs(y[-1]) < 0.01)


def test_the_tone_lab_plays_the_tone_that_was_set(instrument):
    lab = instrument("tone_lab")
    lab.keys("Frequency", *["ArrowRight"] * 40)
    hz = int(re.search(r"of (\d+) Hz", lab.label())[1])
    lab.press("Play")
    y, sr = lab.played()
    assert 440 < hz and frequency(y, sr) == pytest.approx(hz, abs=0.5) and safe(y)


def test_the_tone_labs_waveform_is_chosen_by_keyboard(instrument):
    lab = instrument("tone_lab")
    lab.keys("Waveform", "ArrowDown", "ArrowDown")
    assert "square" in lab.label() and "1320 Hz" in lab.label(1) and "880 Hz" not in lab.label(1)  # odd harmonics of 440 Hz


def test_the_sampling_lab_plays_the_alias(instrument):
    lab = instrument("sampling_lab")
    lab.keys("Frequency in Hz", "Control+a", "5", "5", "0", "0")
    assert "2500 Hz" in lab.label() and "2500 Hz" in lab.words()
    lab.press("Play the samples")
    y, sr = lab.played()
    assert frequency(y, sr) == pytest.approx(2500, abs=2) and safe(y)


def test_the_sampling_lab_tells_what_bits_cost(instrument):
    lab = instrument("sampling_lab")
    lab.keys("Bits a sample", *["ArrowLeft"] * 8)
    snr = float(re.search(r"of ([\d.]+) dB", lab.label())[1])
    clean = reference.sine(1000, 1.0, 8000, 0.8, 0.4)
    assert snr == pytest.approx(reference.snr_db(clean, reference.quantise(clean, 8)), abs=0.06)  # printed to 0.1 dB


def test_the_harmonics_lab_leaves_out_what_is_set_to_zero(instrument):
    lab = instrument("harmonics_lab")
    lab.keys("Harmonic 1", "Home")
    lab.press("Play")
    y, sr = lab.played()
    freqs, magnitudes = reference.amplitude_spectrum(y[4000:4000 + 32768], sr)
    at = {k: magnitudes[np.abs(freqs - 220 * k) < 5].max() for k in (1, 2)}
    assert at[1] < 0.01 * at[2] and safe(y) and "the first is missing" in lab.words()


def test_the_spectrogram_lab_changes_with_its_window(instrument):
    lab = instrument("spectrogram_lab")
    before = lab.label()
    lab.keys("Window", "ArrowDown")
    assert "212 columns" in before and "104 columns" in lab.label()  # 1 + (55125 - n) // (n / 4)
    lab.press("Play what is drawn")
    assert safe(lab.played()[0])


def wav(path, y, sr=SR):
    reference.write_wav(path, y, sr)
    return path


def test_the_spectrogram_lab_reads_a_file(instrument, tmp_path):
    lab = instrument("spectrogram_lab")
    path = wav(tmp_path / "tone.wav", reference.sine(3000, 1.0, 44100, 0.5), 44100)
    lab.page.do(lambda p: (p.locator("#spectrogram_lab input[type=file]").set_input_files(path), p.wait_for_timeout(800)))
    hz = int(re.search(r"and (\d+) Hz", lab.label())[1])
    assert "tone.wav" in lab.label() and abs(hz - 3000) <= SR / 1024


def test_a_file_that_is_no_sound_is_refused_in_words(instrument, tmp_path):
    lab = instrument("note_recogniser")
    (tmp_path / "notes.txt").write_text("C D E")
    lab.page.do(lambda p: (p.locator("#note_recogniser input[type=file]").set_input_files(tmp_path / "notes.txt"), p.wait_for_timeout(500)))
    assert "no sound" in lab.page.evaluate("document.querySelector('#note_recogniser').innerText") and lab.page.complaints == []


def test_the_boundary_lab_is_played_by_keyboard(instrument):
    lab = instrument("boundary_lab")
    lab.keys("Its flatness", "End")  # the first tone becomes flat as noise
    assert "6 of 6 tones are found" not in lab.label()
    lab.press("Add noise")
    assert lab.label().startswith("13 clips, 6 tones and 7 noises")
    lab.press("Start again")
    lab.keys("Threshold", "End")
    assert re.search(r"At the threshold 0.95 \d of 6 tones are found, and 0 noises", lab.label())


def test_the_boundary_labs_clips_are_moved_by_pointer(instrument):
    lab = instrument("boundary_lab")

    def drag(p):
        box = p.locator("#boundary_lab canvas").bounding_box()
        p.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        p.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.15 * box["height"])
        p.wait_for_timeout(200)
    lab.page.do(drag)
    assert lab.label().startswith("13 clips")


def test_the_recogniser_names_a_dropped_melody(instrument, tmp_path):
    lab = instrument("note_recogniser")
    path = wav(tmp_path / "melody.wav", melody("CEGFD"))
    lab.page.do(lambda p: (p.locator("#note_recogniser input[type=file]").set_input_files(path), p.wait_for_timeout(1000)))
    assert "Heard: C, E, G, F, D." in lab.label()


def test_the_recogniser_hears_the_microphone(browser_hearing, site, tmp_path):
    """Chromium's microphone is fed from a file of ours, over and over."""
    browser = browser_hearing(wav(tmp_path / "microphone.wav", melody("AECAEC", 48000), 48000))
    page = browser.new_page()
    page.open(f"{site}/09_which_note.html")

    def listen(p):
        p.locator("#note_recogniser").scroll_into_view_if_needed()
        p.wait_for_selector("#note_recogniser[data-ready]", timeout=15_000)
        p.get_by_role("button", name="Listen to the microphone").first.click()
        p.wait_for_timeout(6500)
        heard = p.locator("#note_recogniser canvas").get_attribute("aria-label")
        p.get_by_role("button", name="Stop listening").first.click()
        return heard
    names = re.search(r"Heard: ([A-G, ]+)\.", page.do(listen))[1].split(", ")
    inner = "".join(names[1:-1])  # the first and the last may be cut by the window
    assert len(inner) >= 3 and inner in "AECAEC" * 3
    assert page.complaints == []


def test_a_microphone_that_is_refused_is_told_in_words(instrument):
    lab = instrument("spectrogram_lab")
    lab.page.evaluate("void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')))")
    lab.press("Listen to the microphone")
    assert "was not allowed" in lab.page.evaluate("document.querySelector('#spectrogram_lab').innerText")


def test_from_a_folder_the_page_says_what_the_instrument_needs(page, html):
    page.open((html / "01_sine.html").as_uri())
    assert "python -m http.server" in page.evaluate("document.querySelector('#tone_lab').innerText") and page.complaints == []


def test_together_they_are_small(html):
    files = [path for path in (html / "_static" / "instruments").iterdir() if path.suffix in (".mjs", ".js", ".css")]
    assert files and sum(path.stat().st_size for path in files) <= 80_000
