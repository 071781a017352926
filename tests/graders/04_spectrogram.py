"""Hidden grader of 04_spectrogram. Signals are 1-D floats in [-1, 1]; arrays are (frequency, time); frequencies are Hz, levels dB, times s.

The reference's stft, mel_spectrogram and spectral_centroid are librosa's, to rounding (tests/reference_impl shows it). Where two
figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second the least error of
a misconception that this test is for, each over 200 seeds with numpy 2.4, scipy 1.17 and librosa 0.11.
"""

import numpy as np

from autograder import LearnerError, agree, compare, grades, tell

FRAME = 1e-6  # 3e-8 (float32); 0.1 (frames side by side, where the shape is right), others by their shapes


def any_array(learner, reference, name, *args, **kwargs):
    """What the learner's function returns, as an array; its type, shape and finiteness are checked, its values are not."""
    return np.asarray(compare(learner, reference, name, *args, atol=1e9, **kwargs))


def tone(freq, amp, sr, n, phase=0.0):
    return amp * np.sin(2 * np.pi * freq * np.arange(n) / sr + phase)


# The three questions


@grades("q1")
def test_a_bin_lies_at_its_number_times_the_rate_over_the_frame(learner):
    assert str(learner.q1()).strip().lower() == "c", "the answer to question 1 is another one"


@grades("q2")
def test_what_lies_above_half_the_rate_is_folded_back(learner):
    assert str(learner.q2()).strip().lower() == "b", "the answer to question 2 is another one"


@grades("q3")
def test_a_time_in_samples_is_the_time_times_the_rate(learner):
    assert str(learner.q3()).strip().lower() == "b", "the answer to question 3 is another one"


# frame


@grades("frame", weight=0.5)
def test_frames_stand_in_columns(learner, reference, rng):
    any_array(learner, reference, "frame", rng.uniform(-1, 1, 50), 12, 5)


@grades("frame")
def test_two_frames_of_three_samples(learner, reference):
    compare(learner, reference, "frame", np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]), 3, 2, atol=FRAME)


@grades("frame")
def test_what_does_not_fill_a_frame_is_left_out(learner, reference, rng):
    n_fft, hop = int(rng.integers(8, 14)), int(rng.integers(3, 7))
    whole = n_fft + 5 * hop
    for n in (whole + 1, whole, whole - 1):
        compare(learner, reference, "frame", rng.uniform(-1, 1, n), n_fft, hop, atol=FRAME)


@grades("frame")
def test_a_signal_shorter_than_a_frame_has_no_frames(learner, reference, rng):
    for n in (9, 2, 0):
        compare(learner, reference, "frame", rng.uniform(-1, 1, n), 10, 3, atol=FRAME)


@grades("frame", weight=2)
def test_writing_into_one_place_changes_no_other(learner, rng):
    # Runs beside the learner's code: once a result has crossed to the judge, it is a copy in any case. A list holds numbers, which is as good.
    seen = learner.probe("""
import numpy
frames, answer = frame(y, 8, 3), "a copy"
if isinstance(frames, numpy.ndarray):
    before, signal = frames.copy(), y.copy()
    try:
        frames[4, 2] = 99.0
        before[4, 2] = 99.0
        if not (numpy.array_equal(frames, before) and numpy.array_equal(y, signal)):
            answer = "shared"
    except ValueError:
        answer = "read-only"
""", y=rng.uniform(-1, 1, 40))
    assert seen != "read-only", "frame(<array (40,)>, 8, 3) returned an array that cannot be written to, a view; a copy was expected"
    assert seen == "a copy", "frame(<array (40,)>, 8, 3): a number written into one place of the result turned up in other places as well, or in y"


@grades("frame")
def test_a_hop_may_be_longer_than_a_frame(learner, reference, rng):
    compare(learner, reference, "frame", rng.uniform(-1, 1, 60), 5, int(rng.integers(8, 12)), atol=FRAME)


@grades("frame", weight=1.5)
def test_fresh_signals_are_cut_as_the_formula_says(learner, reference, rng):
    for _ in range(3):
        n_fft, hop = int(rng.integers(6, 40)), int(rng.integers(1, 6))
        compare(learner, reference, "frame", rng.uniform(-1, 1, int(rng.integers(60, 200))), n_fft, hop, atol=FRAME)


# stft

STFT = 1e-4  # 9.4e-6 (float32); 0.063 (symmetric window), 14 and more (others)


@grades("stft")
def test_rows_go_from_0_to_half_the_rate(learner, reference, rng):
    came = learner.stft(rng.uniform(-1, 1, 300), 64, 20)
    assert np.shape(came) == (33, 12), f"stft(<array (300,)>, 64, 20) returned shape {np.shape(came)}; (33, 12) was expected, a column a whole frame"


@grades("stft", weight=0.5, hint="magnitude")
def test_the_spectrum_is_complex(learner, rng):
    came = np.asarray(learner.stft(rng.uniform(-1, 1, 300), 64, 20))
    assert came.dtype.kind == "c", f"stft(<array (300,)>, 64, 20) returned numbers of type {came.dtype}; complex numbers were expected"


@grades("stft")
def test_a_cosine_at_a_bin_gives_a_quarter_of_the_frame(learner, reference):
    # |X| is 0, 1, 2, 1, 0 in each frame.
    compare(learner, reference, "stft", np.cos(2 * np.pi * 2 * np.arange(24) / 8), 8, 4, atol=STFT)


@grades("stft", weight=0.5)
def test_a_signal_shorter_than_a_frame_has_no_spectra(learner, reference, rng):
    for n in (63, 0):
        compare(learner, reference, "stft", rng.uniform(-1, 1, n), 64, 20, atol=STFT)


@grades("stft", weight=3)
def test_fresh_noise_gives_librosas_numbers(learner, reference, rng):
    n_fft, hop = 2 * int(rng.integers(120, 510)), int(rng.integers(50, 300))
    compare(learner, reference, "stft", rng.uniform(-1, 1, 3000), n_fft, hop, atol=STFT)


# to_db

DB = 1e-3  # dB: 1.5e-5 (float32); 0.04 (a floor that is added), 8 and more (others)


@grades("to_db", weight=0.5)
def test_each_power_gets_a_level(learner, reference, rng):
    any_array(learner, reference, "to_db", rng.uniform(0.1, 1, (3, 5)))


@grades("to_db", weight=0.5)
def test_a_number_gives_a_level(learner, reference, rng):
    compare(learner, reference, "to_db", float(rng.uniform(0.1, 0.9)), atol=1e9)


@grades("to_db", weight=1.5)
def test_half_the_power_is_3_db_less(learner, reference):
    compare(learner, reference, "to_db", np.array([1.0, 0.5, 0.01]), atol=DB)


@grades("to_db", weight=1.5)
def test_no_power_reads_the_floor(learner, reference):
    compare(learner, reference, "to_db", np.array([0.0, 1.0]), atol=DB)


@grades("to_db")
def test_the_floor_may_be_another_one(learner, reference, rng):
    floor_db = float(rng.uniform(-60, -30))
    compare(learner, reference, "to_db", np.array([0.0, 1e-4, 1.0]), floor_db=floor_db, atol=DB)


@grades("to_db")
def test_the_reference_reads_0_db(learner, reference, rng):
    ref = float(rng.uniform(5, 500))
    compare(learner, reference, "to_db", ref * np.array([1.0, 0.1]), ref=ref, atol=DB)


@grades("to_db", weight=1.5)
def test_k_times_the_amplitude_raises_the_level_by_20_log_k(learner, rng):
    S, k = rng.uniform(1e-4, 1e-2, (4, 6)), float(rng.uniform(2, 6))
    once, louder = (np.asarray(learner.to_db(power), dtype=float) for power in (S, k**2 * S))
    gap = float(np.abs(louder - once - 20 * np.log10(k)).max())
    # 2e-5 (float32); 6 dB (its own maximum as the reference, or a factor of 20)
    assert gap <= DB, f"to_db of {k:.3g}² times the power must read {20 * np.log10(k):.2f} dB more at every place; yours is off by up to {gap:.3g} dB"


@grades("to_db")
def test_levels_just_above_the_floor_are_not_bent(learner, reference, rng):
    # 0.5 to 10 dB above the floor, and nothing far above it.
    compare(learner, reference, "to_db", 10 ** rng.uniform(-9.95, -9.0, 20), atol=DB)


@grades("to_db")
def test_soft_beside_loud_keeps_its_level(learner, reference, rng):
    compare(learner, reference, "to_db", np.append(1.0, 10 ** rng.uniform(-9.5, -8.2, 9)), atol=DB)


# mel_spectrogram

MEL = 2e-3  # dB: 1e-5 (float32); 1.2 (the filters of another rate, in noise), 19 and more (others); 4e-3 (2047 or 2049 for 2048)


@grades("mel_spectrogram")
def test_there_is_a_row_a_band_for_each_whole_frame(learner, reference, rng):
    # With one sample more there were a frame more, which a hop of 511 has already.
    any_array(learner, reference, "mel_spectrogram", rng.uniform(-0.5, 0.5, 2048 + 7 * 512 - 1), 16000, 24)


@grades("mel_spectrogram")
def test_silence_reads_the_floor_everywhere(learner, reference):
    compare(learner, reference, "mel_spectrogram", np.zeros(4000), 16000, 16, atol=MEL)


@grades("mel_spectrogram", weight=1.5)
def test_a_full_scale_tone_stays_below_0_db(learner, rng):
    freq = float(rng.uniform(400, 2000))
    top = float(np.max(learner.mel_spectrogram(tone(freq, 1.0, 16000, 4000), 16000, 32)))
    # -24 to -18 dB, by how near the tone is to the middle of its band; +3 to +9 and +30 to +36 with the references 512 and 1, 0 with its own
    # maximum, -47 to -36 with powers squared.
    assert -30 < top < -10, (f"mel_spectrogram of a full-scale tone of {freq:.0f} Hz has its loudest point at {top:.1f} dB; "
                             "re a full-scale sine, and summed in bands of equal area, about -20 dB were expected")


@grades("mel_spectrogram", weight=1.5)
def test_k_times_the_amplitude_is_20_log_k_more_in_every_band(learner, rng):
    y, k = rng.uniform(-0.05, 0.05, 4000), float(rng.uniform(3, 10))
    soft, loud = (np.asarray(learner.mel_spectrogram(signal, 16000, 16), dtype=float) for signal in (y, k * y))
    gap = float(np.abs(loud - soft - 20 * np.log10(k)).max())
    # 1e-5 (float32); 4.8 dB (magnitudes for powers), 9.5 (its own maximum as the reference, powers squared)
    assert gap <= MEL, (f"mel_spectrogram of {k:.3g} times the amplitude must read {20 * np.log10(k):.1f} dB more in every band; "
                        f"yours is off by up to {gap:.3g} dB")


@grades("mel_spectrogram")
def test_a_tone_lies_in_its_band_at_every_rate(learner, reference):
    for sr in (22050, 8000, 44100):
        compare(learner, reference, "mel_spectrogram", tone(1000.0, 0.5, sr, 2560), sr, 20, atol=MEL)


@grades("mel_spectrogram", weight=2)
def test_fresh_noise_gives_librosas_levels(learner, reference, rng):
    sr, n_mels = int(rng.integers(8000, 20000)), int(rng.integers(12, 40))
    compare(learner, reference, "mel_spectrogram", rng.uniform(-1, 1, 5000) * np.linspace(0.01, 1, 5000), sr, n_mels, atol=MEL)


# time_resolution. Relative: 6e-8 (float32); 0.75 (the hop)


@grades("time_resolution")
def test_2048_samples_at_16000_hz_last_0_128_s(learner, reference):
    compare(learner, reference, "time_resolution", 2048, 16000, rtol=1e-5)


@grades("time_resolution")
def test_fresh_frames_last_their_samples_over_the_rate(learner, reference, rng):
    for _ in range(3):
        compare(learner, reference, "time_resolution", int(rng.integers(100, 5000)), float(rng.uniform(8000, 48000)), rtol=1e-5)


# choose_n_fft


def two_tones(rng, share, cents):
    """(f_low, cents, sr) for which the power of two that is asked exceeds what is needed by a share of an octave."""
    sr, n_fft = float(rng.uniform(16000, 48000)), 2 ** int(rng.integers(9, 14))
    distance = 2 * sr / (n_fft * 2.0**-share)
    return distance / (2 ** (cents / 1200) - 1), cents, sr


def frames_for(learner, tones):
    """What the learner's function chooses for each of several pairs of tones; all are asked before any is judged."""
    came = [learner.choose_n_fft(*pair) for pair in tones]
    for value, (f_low, cents, sr) in zip(came, tones, strict=True):
        assert isinstance(value, int | float), f"choose_n_fft({f_low:.6g}, {cents:.6g}, {sr:.6g}) returned {tell(value)}; a number of samples was expected"
    return came


def judged(came, tones, reference):
    """Asserts that each frame is the right one."""
    for value, (f_low, cents, sr) in zip(came, tones, strict=True):
        expected = reference.choose_n_fft(f_low, cents, sr)
        fact = f"choose_n_fft({f_low:.6g}, {cents:.6g}, {sr:.6g}) returned {value:g}: two bins are then {2 * sr / value if value else np.inf:.4g} Hz"
        distance = f_low * (2 ** (cents / 1200) - 1)
        assert value >= expected, f"{fact}, and the tones only {distance:.4g} Hz apart; a longer frame was expected"
        assert value <= expected, f"{fact}, the tones {distance:.4g} Hz apart, and a shorter power of two would do"


@grades("choose_n_fft", weight=1.5)
def test_a_semitone_above_110_hz_takes_8192_samples(learner, reference, rng):
    tones = [(110.0, 100, 22050), two_tones(rng, 0.3, 100.0)]
    judged(frames_for(learner, tones), tones, reference)


@grades("choose_n_fft", weight=0.5, hint="float_result")
def test_the_frame_is_a_whole_number(learner):
    came = learner.choose_n_fft(220.0, 200, 16000)
    assert isinstance(came, int) and not isinstance(came, bool), f"choose_n_fft(220.0, 200, 16000) returned {tell(came)}; a whole number (int) was expected"


@grades("choose_n_fft")
def test_the_frame_is_a_power_of_two(learner, rng):
    pair = two_tones(rng, 0.4, 300.0)
    came = frames_for(learner, [pair])[0]
    assert came in 2.0 ** np.arange(31), f"choose_n_fft({pair[0]:.6g}, 300.0, {pair[2]:.6g}) returned {came:g}; a power of two was expected"


@grades("choose_n_fft", weight=1.5)
def test_the_frame_is_long_enough(learner, reference, rng):
    # What is needed lies just above, and well above, the next shorter power of two, which is the nearer one in the first case.
    tones = [two_tones(rng, float(rng.uniform(*span)), 200.0) for span in ((0.6, 0.9), (0.1, 0.4))]
    judged(frames_for(learner, tones), tones, reference)


@grades("choose_n_fft")
def test_wide_intervals_are_counted_in_ratios(learner, reference, rng):
    # Counted evenly in Hz, 450 to 550 cents are 1.23 to 1.26 times as much as they are, 1150 cents 1.02 times; spare are 2 ** 0.15 and 2 ** 0.3.
    tones = [two_tones(rng, 0.85, float(rng.uniform(450, 550))), two_tones(rng, 0.7, 1150.0)]
    judged(frames_for(learner, tones), tones, reference)


@grades("choose_n_fft", weight=0.5)
def test_two_bins_must_fit_and_may_just_fit(learner, reference, rng):
    # An octave is f_low Hz wide, and 2 * 8000 / 2048 is 7.8125: all these numbers are exact in binary. In the second pair 0.03 % are lacking.
    tones = [(7.8125, 1200, 8000), two_tones(rng, 0.9995, 1100.0)]
    judged(frames_for(learner, tones), tones, reference)


# spectrogram_image


def grey(learner, db, **kwargs):
    """The learner's image as whole numbers, if it has a pixel for each level."""
    came = np.asarray(learner.spectrogram_image(db, **kwargs))
    assert came.shape == db.shape, f"spectrogram_image(<array {db.shape}>) returned shape {came.shape}; a pixel for each level was expected"
    assert came.dtype.kind in "biuf", f"spectrogram_image(<array {db.shape}>) returned {tell(came)}; grey values were expected"
    return came.astype(float)


def shaded(came, db, lo, hi, call):
    """Asserts that each grey value is the nearest to its level's place between lo and hi, or the one below."""
    off = came - 255 * (np.clip(db, lo, hi) - lo)[::-1] / (hi - lo)
    wrong = (off < -1 - 1e-3) | (off > 0.5 + 1e-3)  # rounding to the nearest errs by 0.5 + 2e-5 (float32); the misconceptions by 37 and more
    assert not wrong.any(), f"{call}: {wrong.sum()} of {wrong.size} grey values are off, by up to {np.abs(off).max():.3g}"


@grades("spectrogram_image")
def test_there_is_a_pixel_for_each_level(learner, rng):
    grey(learner, rng.uniform(-80, 0, (9, 14)))


@grades("spectrogram_image", hint="fractions")
def test_grey_values_are_bytes(learner, rng):
    came = learner.spectrogram_image(rng.uniform(-75, -5, (9, 14)))
    if isinstance(came, np.ndarray):  # a list of whole numbers has no width
        assert came.dtype == np.uint8, f"spectrogram_image(<array (9, 14)>) returned numbers of type {came.dtype}; uint8 was expected"


@grades("spectrogram_image", weight=1.5)
def test_low_frequencies_lie_at_the_bottom(learner, rng):
    db = np.full((12, 8), -60.0)
    row = int(rng.integers(1, 4))
    db[row] = -10.0
    came = grey(learner, db)
    brightest = int(came.mean(axis=1).argmax())
    assert brightest == 11 - row, (f"spectrogram_image(<array (12, 8)>): the loud row {row}, a low frequency, is row {brightest} of the image; "
                                   f"row {11 - row} was expected")


@grades("spectrogram_image")
def test_levels_outside_the_range_are_black_or_white(learner, rng):
    db = rng.uniform(-79, -1, (6, 7))
    db[1], db[4] = rng.uniform(-110, -85, 7), rng.uniform(5, 30, 7)
    came = grey(learner, db)
    shaded(came, db, -80.0, 0.0, "spectrogram_image of levels beyond lo and hi")
    black, white = came[4], came[1]  # upside down
    assert (black == 0).all() and (white == 255).all(), (
        f"spectrogram_image drew levels below lo as {black.min():g} to {black.max():g}, levels above hi as {white.min():g} to {white.max():g}; "
        "0 and 255 were expected")


@grades("spectrogram_image", weight=1.5)
def test_a_level_has_the_same_grey_in_every_image(learner, rng):
    loud, soft = rng.uniform(-30, -5, (5, 6)), rng.uniform(-75, -55, (5, 6))
    for db in (loud, soft):
        shaded(grey(learner, db), db, -80.0, 0.0, "spectrogram_image(<array (5, 6)>)")


@grades("spectrogram_image")
def test_a_louder_pixel_is_never_darker(learner, rng):
    levels = np.sort(rng.uniform(-78, -2, 40))
    steps = np.diff(grey(learner, levels[np.newaxis])[0])
    assert (steps >= 0).all(), f"spectrogram_image of 40 rising levels falls by {-steps.min():g} between two of them; louder must not be darker"


@grades("spectrogram_image")
def test_the_range_may_be_another_one(learner, rng):
    lo, hi = float(rng.uniform(-120, -100)), float(rng.uniform(-30, -10))
    db = rng.uniform(lo + 15, hi - 15, (5, 6))
    shaded(grey(learner, db, lo=lo, hi=hi), db, lo, hi, f"spectrogram_image(<array (5, 6)>, lo={lo:.4g}, hi={hi:.4g})")


# plot_mel_spectrogram

SR = 16000
CALL = f"plot_mel_spectrogram(<array (8000,)>, {SR}, 'picture.png')"

# Runs beside the learner's code and asks the figure when it is saved. Nothing is drawn, or only in small, for that takes longest.
FIGURE = """
import io as _io
import matplotlib.backend_bases as _bases
import matplotlib.pyplot as _plt
import numpy as _np

_saved, _canvas = [], _bases.FigureCanvasBase
_print, _idle = _canvas.print_figure, _canvas.draw_idle

def _spy(canvas, target, *args, **kwargs):
    to_file = not isinstance(target, _io.BytesIO)  # notebooks draw into memory to show a figure
    if to_file:
        _saved.append(_told(canvas.figure))  # now, for the figure may be cleared afterwards
    if not to_file:
        return _print(canvas, target, *args, **kwargs)
    if drawn:
        return _print(canvas, target, *args, **kwargs | {"dpi": 20})

def _middles(edges, n):
    edges = _np.asarray(edges, float)
    return (edges[1:] + edges[:-1]) / 2 if len(edges) > n else edges

def _places(image, levels):
    rows, columns = levels.shape
    if hasattr(image, "get_coordinates"):
        coordinates = image.get_coordinates()
        return _middles(coordinates[0, :, 0], columns), _middles(coordinates[:, 0, 1], rows)
    left, right, bottom, top = image.get_extent()
    if image.origin == "upper":
        bottom, top = top, bottom
    return left + (right - left) * (_np.arange(columns) + 0.5) / columns, bottom + (top - bottom) * (_np.arange(rows) + 0.5) / rows

def _words(axes):
    ticks = [label.get_text() for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels()]
    return " ".join([axes.get_xlabel(), axes.get_ylabel(), axes.get_title(), *ticks]).lower()

def _told(figure):
    bars = [axes for axes in figure.axes if hasattr(axes, "_colorbar")]
    found = {"bar": bool(bars), "unit": "unit" in asked and "db" in " ".join(map(_words, bars))}
    for axes in figure.axes:
        for image in [] if axes in bars else [*axes.collections, *axes.images]:
            levels = image.get_array()
            if _np.ndim(levels) != 2 or not (hasattr(image, "get_coordinates") or hasattr(image, "get_extent")):
                continue
            x, y = _places(image, levels)
            across, up = _np.argsort(x), _np.argsort(y)
            axes.get_xlim(), axes.get_ylim()  # settles limits that were left to matplotlib
            heights = _np.diff(axes.transData.transform(_np.column_stack([_np.full_like(y, x[0]), y]))[up, 1])
            titles = [axes.get_title(place) for place in ("left", "center", "right")] + [figure.get_suptitle()]
            return found | {"levels": _np.ma.filled(levels, _np.nan)[up][:, across], "x": x[across], "y": y[up],
                            "ratio": heights.max() / heights.min(), "range": image.get_clim(), "title": bool("".join(titles).strip()),
                            "time": "time" in (axes.get_xlabel() + figure.get_supxlabel()).lower(),
                            "hz": "hz" in (axes.get_ylabel() + figure.get_supylabel()).lower()}
    return {}

_canvas.print_figure, _canvas.draw_idle = _spy, lambda canvas, *args, **kwargs: None
try:
    plot_mel_spectrogram(signal, sr, "picture.png")
    answer = [_saved[-1].get(fact) for fact in asked] if _saved else None
finally:
    _canvas.print_figure, _canvas.draw_idle = _print, _idle
    _plt.close("all")
"""


def recording(rng):
    """A tone, and noise that sets in after half of the time."""
    return tone(rng.uniform(300, 3000), 0.1, SR, 8000) + 0.05 * rng.standard_normal(8000) * (np.arange(8000) > 4000)


def told(learner, signal, *asked, drawn=False):
    """What the learner's figure tells of the facts that are asked, and of no others: so figures match that differ elsewhere."""
    try:
        found = learner.probe(FIGURE, signal=signal, sr=SR, asked=list(asked), drawn=drawn)
    except LearnerError as error:
        raise LearnerError(error.type, error.message, error.lines, error.bases, CALL) from None
    assert found is not None, f"{CALL} saved no figure of matplotlib"
    assert all(fact is not None for fact in found), f"{CALL} saved a figure whose axes hold no picture of levels; save the one that was drawn"
    return found


@grades("plot_mel_spectrogram")
def test_the_file_is_a_png_picture(learner, rng):
    told(learner, recording(rng), drawn=True)
    begins = learner.probe('import os.path; answer = open("picture.png", "rb").read(8) if os.path.isfile("picture.png") else None')
    assert begins is not None, f"{CALL} wrote no file of this name; the picture was expected there"
    assert begins == b"\x89PNG\r\n\x1a\n", f"{CALL} wrote a file that begins with {begins!r}; a PNG file was expected"


@grades("plot_mel_spectrogram", weight=1.5)
def test_the_levels_are_those_of_mel_spectrogram(learner, reference, rng):
    signal = recording(rng)
    (levels,) = told(learner, signal, "levels")
    # dB: 4e-6 (float32); 33 (the clip's own maximum)
    agree(levels, reference.mel_spectrogram(signal, SR, 128), "the picture of plot_mel_spectrogram", atol=0.1)


@grades("plot_mel_spectrogram", weight=1.5)
def test_the_horizontal_axis_counts_seconds(learner, rng):
    x = np.asarray(told(learner, recording(rng), "x")[0], dtype=float)
    since_start = x * SR - 512 * np.arange(len(x))
    # Samples outside of the frame: 0; 1545 (the rate left at 22050), 2e5 (frames for seconds)
    assert (since_start > -50).all() and (since_start < 2048 + 50).all(), (
        f"{CALL} draws {len(x)} frames at the horizontal places {x[0]:.4g} to {x[-1]:.4g}; frame t covers the seconds 512 * t / {SR} to "
        f"(512 * t + 2048) / {SR}, and is to be drawn within them")


@grades("plot_mel_spectrogram", weight=2)
def test_the_vertical_axis_is_a_mel_axis_in_hz(learner, reference, rng):
    y, ratio = told(learner, recording(rng), "y", "ratio")
    y = np.asarray(y, dtype=float)
    bands = reference.hz_to_mel(y) / reference.hz_to_mel(SR / 2) * 129 - 1  # the centres divide the scale into 129 equal parts
    off = np.abs(bands - np.arange(len(y)))
    # In bands: 1.0 (specshow, which spreads them from 0 Hz to half the rate); 14 (the rate left at 22050), 40 (evenly in Hz)
    assert off.max() <= 1.5, f"{CALL} draws a band at {y[off.argmax()]:.0f} on the vertical axis, {off.max():.0f} bands away from where its Hz lie"
    # 1.4 (specshow), 2.0 (another symlog axis); 8.0 (linear in Hz), 29 (logarithmic): the contract says 4
    assert 0 < ratio <= 4, f"{CALL} draws one band {ratio:.2g} times as tall as another; on a mel axis they are about equally tall"


@grades("plot_mel_spectrogram", weight=1.5)
def test_a_colour_bar_says_db_on_a_fixed_range(learner, rng):
    reach, bar, unit = told(learner, 0.01 * recording(rng), "range", "bar", "unit")
    assert bar, f"{CALL} drew no colour bar"
    assert unit, f"{CALL} drew a colour bar that says neither in its label nor in its numbers that they are dB"
    # In dB: 0 (all rightful ones); 20 (a range of its own for each picture)
    agree(reach, (-80.0, 0.0), "the range of colours of plot_mel_spectrogram", atol=1e-6)


@grades("plot_mel_spectrogram")
def test_title_and_axes_say_what_they_are(learner, rng):
    title, time, hz = told(learner, recording(rng), "title", "time", "hz")
    assert title, f"{CALL} drew a picture without a title"
    assert time, f"{CALL} drew a picture whose horizontal axis has no label with the word \"time\""
    assert hz, f"{CALL} drew a picture whose vertical axis has no label with the word \"Hz\""


# spectral_centroid

CENTROID = 0.2  # Hz: 0.02 (float32); 37 (power for magnitude, in noise; 280 and more for others)


@grades("spectral_centroid")
def test_there_is_a_value_a_frame(learner, reference, rng):
    any_array(learner, reference, "spectral_centroid", rng.uniform(-1, 1, 6000), 16000)


@grades("spectral_centroid", weight=1.5)
def test_two_tones_balance_by_their_amplitudes(learner, reference, rng):
    low, high = 8 * rng.integers(60, 120), 8 * rng.integers(250, 400)  # in Hz, at bins 4 Hz apart
    y = tone(low, 0.6, 8192, 4096, 1.0) + tone(high, 0.2, 8192, 4096, 0.5)
    compare(learner, reference, "spectral_centroid", y, 8192, atol=CENTROID)


@grades("spectral_centroid", weight=1.5)
def test_a_silent_frame_has_the_centroid_0(learner, reference, rng):
    y = np.concatenate([rng.uniform(-1, 1, 2100), np.zeros(3000)])
    compare(learner, reference, "spectral_centroid", y, 16000, atol=CENTROID)


@grades("spectral_centroid")
def test_silence_has_the_centroid_0_throughout(learner, reference):
    # 0 (all rightful ones); none (NaN)
    compare(learner, reference, "spectral_centroid", np.zeros(4096), 16000, atol=1e-6)


@grades("spectral_centroid")
def test_how_loud_a_sound_is_does_not_matter(learner, rng):
    y = rng.uniform(-0.5, 0.5, 4096)
    loud, soft = (np.asarray(learner.spectral_centroid(signal, 16000), dtype=float) for signal in (y, 1e-6 * y))
    gap = float(np.abs(loud - soft).max())
    assert gap <= CENTROID, f"spectral_centroid of the same sound at a millionth of its amplitude is {gap:.4g} Hz away; the centroid does not depend on the level"


@grades("spectral_centroid", weight=2)
def test_fresh_sounds_have_librosas_centroids(learner, reference, rng):
    sr = int(rng.integers(24000, 48000))
    y = rng.uniform(-1, 1, 6000) * np.linspace(0.02, 0.5, 6000) + tone(rng.uniform(200, 5000), 0.2, sr, 6000)
    compare(learner, reference, "spectral_centroid", y, sr, atol=CENTROID)
