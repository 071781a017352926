"""Hidden grader of 05_musical_sound. Signals are 1-D floats, full scale is 1; levels are dB.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception that this test is for, over 40 to 60 seeds with numpy 2.4 and scipy 1.17. Where outcomes are
random, a test names its hint; it can fail for that reason alone, once the tests above it have passed.
"""

import numpy as np
from scipy.signal import windows

from autograder import compare, grades, refuses


def any_array(learner, reference, name, *args, **kwargs):
    """What the learner's function returns, as floats; its type, shape and finiteness are checked, its values are not."""
    return np.asarray(compare(learner, reference, name, *args, atol=1e9, **kwargs), dtype=float)


# Questions


@grades("q1")
def test_longer_frames_trade_time_for_frequency(learner):
    assert str(learner.q1()).strip().lower() == "b", "Question 1: this is not the right choice"


@grades("q2")
def test_a_tenth_of_the_amplitude_is_20_db_less(learner):
    assert str(learner.q2()).strip().lower() == "c", "Question 2: this is not the right choice"


@grades("q3")
def test_a_hundredth_of_the_power_is_20_db(learner):
    assert str(learner.q3()).strip().lower() == "c", "Question 3: this is not the right choice"


# midi_to_hz. Relative: 4e-7 (float32); 2e-4 (two decimals; the others more, where they are asked)


@grades("midi_to_hz", weight=0.5)
def test_a_note_has_one_frequency(learner, reference):
    compare(learner, reference, "midi_to_hz", 69, rtol=5e-6)


@grades("midi_to_hz", weight=0.5)
def test_notes_in_an_array_keep_its_shape(learner, reference, rng):
    compare(learner, reference, "midi_to_hz", rng.integers(21, 109, (3, 4)), rtol=5e-6)


@grades("midi_to_hz", weight=1)
def test_the_originals_table_comes_out(learner, reference):
    for note, hz in zip((60, 62, 64, 65, 67, 69, 71), (261.63, 293.66, 329.63, 349.23, 392.00, 440.00, 493.88), strict=True):
        came = float(any_array(learner, reference, "midi_to_hz", note))
        # In Hz: 0.005 (the table's rounding; float32 1e-4); 22 (steps equal in Hz, at 71)
        assert abs(came - hz) <= 0.006, f"midi_to_hz({note}) returned {came:.6g}; {hz:.2f} Hz was expected, to two decimals"


@grades("midi_to_hz", weight=1)
def test_low_notes_are_not_rounded(learner, reference, rng):
    # 12 to 33 Hz: one of 18 is always 0.003 Hz or more off its two decimals.
    compare(learner, reference, "midi_to_hz", np.arange(7, 25) + rng.uniform(-0.2, 0.2), rtol=5e-6)


@grades("midi_to_hz", weight=1)
def test_notes_lie_between_the_keys(learner, reference, rng):
    compare(learner, reference, "midi_to_hz", rng.uniform(21, 108, 20), rtol=5e-6)


# hz_to_midi. In semitones: 8e-6 (float32); 0.3 (rounded; the others more, where they are asked)


def between_keys(rng, n):
    """Frequencies 0.1 to 0.4 semitones beside the keys of a piano, on either side."""
    return 440 * 2 ** ((rng.integers(-40, 40, n) + rng.uniform(0.1, 0.4, n) * rng.choice([-1, 1], n)) / 12)


@grades("hz_to_midi", weight=0.5)
def test_a_frequency_has_one_number(learner, reference):
    compare(learner, reference, "hz_to_midi", 440.0, atol=1e-4)


@grades("hz_to_midi", weight=1)
def test_middle_c_is_60(learner, reference):
    compare(learner, reference, "hz_to_midi", 261.6255653, atol=1e-4)


@grades("hz_to_midi", weight=0.5)
def test_frequencies_in_an_array_keep_its_shape(learner, reference, rng):
    # 0.4 Hz to 3520 Hz: what is slow is refused no more than what is fast.
    compare(learner, reference, "hz_to_midi", 440 * 2.0 ** np.array([rng.integers(-3, 4, 3), [-10, 0, 1]]), atol=1e-4)


@grades("hz_to_midi", weight=1)
def test_an_octave_is_12_semitones(learner, reference, rng):
    f = float(rng.uniform(50, 2000))
    low, high = (float(any_array(learner, reference, "hz_to_midi", x)) for x in (f, 2 * f))
    step = high - low
    assert abs(step - 12) <= 1e-4, f"hz_to_midi({2 * f:.6g}) - hz_to_midi({f:.6g}) is {step:.6g}; an octave is 12 semitones"


@grades("hz_to_midi", weight=1)
def test_hz_to_midi_undoes_midi_to_hz(learner, reference, rng):
    f = between_keys(rng, 20)
    back = reference.midi_to_hz(any_array(learner, reference, "hz_to_midi", f).clip(-255, 255))
    # Relative: 5e-7 (float32); 5e-3 (rounded)
    assert np.abs(back / f - 1).max() <= 1e-5, f"hz_to_midi(<array (20,)>), turned into Hz again, is up to {np.abs(back / f - 1).max():.2g} off, relatively"


@grades("hz_to_midi", weight=1)
def test_fresh_frequencies_get_their_numbers(learner, reference, rng):
    compare(learner, reference, "hz_to_midi", between_keys(rng, 20), atol=1e-4)


@grades("hz_to_midi", weight=0.5, hint="zero_unnoticed")
def test_zero_hz_is_refused(learner):
    refuses(learner, "hz_to_midi", 0.0)


@grades("hz_to_midi", weight=0.5, hint="zero_unnoticed")
def test_one_negative_frequency_among_others_is_refused(learner, rng):
    f = rng.uniform(100, 1000, 6)
    f[rng.integers(6)] *= -1
    refuses(learner, "hz_to_midi", f)


# cents. In cents: 4e-4 (float32); 0.3 (rounded; the others more, where they are asked)


def fractional(rng, n):
    """Intervals up and down of up to two octaves, 0.2 to 0.4 cents beside a whole number of them."""
    return rng.integers(30, 2400, n) * rng.choice([-1, 1], n) + rng.uniform(0.2, 0.4, n)


@grades("cents", weight=0.5)
def test_an_octave_up_is_1200_cents(learner, reference):
    compare(learner, reference, "cents", 440.0, 880.0, atol=0.01)


@grades("cents", weight=0.5)
def test_pairs_in_arrays_keep_their_shape(learner, reference, rng):
    f = rng.uniform(100, 400, (2, 3))
    compare(learner, reference, "cents", f, 2 * f, atol=0.01)


@grades("cents", weight=1)
def test_a_fifth_is_702_cents(learner, reference):
    compare(learner, reference, "cents", 440.0, 660.0, atol=0.01)


@grades("cents", weight=1)
def test_an_interval_down_is_negative(learner, reference, rng):
    f = float(rng.uniform(300, 1000))
    compare(learner, reference, "cents", f, f / 2, atol=0.01)


@grades("cents", weight=1)
def test_intervals_add_up(learner, reference, rng):
    f = float(rng.uniform(200, 400))
    steps = fractional(rng, 2) / 4
    a, b, c = (float(x) for x in f * 2 ** (np.array([0, steps[0], steps[0] + steps[1]]) / 1200))
    there, on, whole = (float(any_array(learner, reference, "cents", *pair)) for pair in ((a, b), (b, c), (a, c)))
    # In cents: 3e-4 (float32); 0.06 (differences in Hz). That halves, quarters and the like add up as well, the other tests see.
    assert abs(there + on - whole) <= 0.01, f"the steps {there:.6g} and {on:.6g} cents make an interval of {whole:.6g} cents; they must add up"


@grades("cents", weight=1)
def test_fresh_intervals(learner, reference, rng):
    f = rng.uniform(100, 1000, 20)
    compare(learner, reference, "cents", f, f * 2 ** (fractional(rng, 20) / 1200), atol=0.01)


# harmonic_tone. Tones of a second whose f0 is a whole number of Hz: the bins of their spectrum lie 1 Hz apart. The flat-top window
# shows a level 0.01 dB right even where a tone is half a bin off (Hann errs 1.4 dB); what it sees of a tone lies within 5 bins.

FLOOR_DB = -45.0


def spectrum(y):
    """Magnitudes of the bins of a second of sound."""
    return np.abs(np.fft.rfft(y * windows.flattop(y.size, sym=False)))


def level(X, hz):
    """The level at a frequency in dB re the strongest bin."""
    return 20 * np.log10(X[hz - 1 : hz + 2].max() / X.max() + 1e-9)


def beside_harmonics(X, f0):
    """Energy that is not at multiples of f0, in dB re all of it."""
    distance = np.abs((np.arange(X.size) + f0 // 2) % f0 - f0 // 2)
    return 10 * np.log10(np.sum(X[distance > 6] ** 2) / np.sum(X**2) + 1e-12)


def high_note(rng, sr):
    """f0 in whole Hz with three to six harmonics below sr / 2, all multiples of which fold to 20 Hz or more beside harmonics."""
    notes = [f0 for f0 in range(sr // 14 + 1, sr // 7) if all(min(m * sr % f0, -m * sr % f0) > 20 for m in (1, 2))]
    return int(rng.choice(notes))


def heard(learner, reference, *args):
    """A tone with a spectrum: silence has none."""
    y = any_array(learner, reference, "harmonic_tone", *args)
    assert y.any(), f"harmonic_tone({', '.join(f'{a:.6g}' for a in args)}) returned silence; the fundamental lies below sr / 2"
    return y


@grades("harmonic_tone", weight=0.5)
def test_a_tone_has_its_samples(learner, reference, rng):
    any_array(learner, reference, "harmonic_tone", 440.0, float(rng.uniform(0.1, 0.3)), 11025, 3, 0.5)


@grades("harmonic_tone", weight=1.5)
def test_the_harmonics_have_their_levels(learner, reference, rng):
    f0, n_harm, decay = int(rng.integers(150, 300)), int(rng.integers(4, 7)), float(rng.uniform(0.3, 0.7))
    X = spectrum(heard(learner, reference, float(f0), 1.0, 8000, n_harm, decay))
    for k in range(2, n_harm + 1):
        db = level(X, k * f0) - level(X, f0)
        expected = 20 * (k - 1) * np.log10(decay)
        # 0.002 dB (float32); 1.5 dB (1/k, in the harmonic where it is off most)
        assert abs(db - expected) <= 0.5, f"harmonic_tone with decay={decay:.2f}: harmonic {k} is {db:.1f} dB above the first; {expected:.1f} dB were expected"


@grades("harmonic_tone", weight=1)
def test_there_are_no_more_harmonics_than_n_harm(learner, reference, rng):
    f0, n_harm = int(rng.integers(150, 300)), int(rng.integers(2, 6))
    X = spectrum(heard(learner, reference, float(f0), 1.0, 8000, n_harm, 0.8))
    db = max(level(X, k * f0) for k in range(n_harm + 1, 13))
    # -97 dB (float32); -9.7 dB
    assert db <= FLOOR_DB, f"harmonic_tone with n_harm={n_harm} has a harmonic above the last, at {db:.0f} dB; there should be none"


@grades("harmonic_tone", weight=2, hint="aliased")
def test_no_harmonic_folds_back(learner, reference, rng):
    f0 = high_note(rng, 8000)
    X = spectrum(heard(learner, reference, float(f0), 1.0, 8000, 16, 0.9))
    db = beside_harmonics(X, f0)
    # -71 dB (float32); -12 dB (one harmonic)
    assert db <= FLOOR_DB, f"harmonic_tone({f0}.0, 1.0, 8000, 16, 0.9): {db:.0f} dB of the energy are not at multiples of f0; what lies above 4000 Hz folded back"


@grades("harmonic_tone", weight=1)
def test_the_last_harmonic_below_the_limit_is_there(learner, reference, rng):
    f0 = high_note(rng, 8000)
    last = 4000 // f0
    X = spectrum(heard(learner, reference, float(f0), 1.0, 8000, 16, 0.9))
    db = level(X, last * f0) - level(X, f0)
    # In dB: 0.02 (float32); one harmonic too few is none at all.
    assert abs(db - 20 * (last - 1) * np.log10(0.9)) <= 0.5, f"harmonic_tone({f0}.0, 1.0, 8000, 16, 0.9): the last harmonic below 4000 Hz, {last} * f0, is at {db:.1f} dB"


@grades("harmonic_tone", weight=1, hint="nan_for_silence")
def test_a_fundamental_above_half_the_rate_is_silent(learner, reference, rng):
    f0, n_harm = float(rng.uniform(4100, 7900)), int(rng.integers(1, 5))
    # 0 (all rightful ones); 1 (what folds back, wherever the limit is set)
    compare(learner, reference, "harmonic_tone", f0, 0.2, 8000, n_harm, 0.7, atol=1e-6)


@grades("harmonic_tone", weight=0.5)
def test_half_of_an_odd_rate_is_no_whole_number(learner, reference):
    heard(learner, reference, 5512.25, 1.0, 11025, 1, 1.0)


@grades("harmonic_tone", weight=1)
def test_the_tone_stays_within_full_scale(learner, reference, rng):
    y = any_array(learner, reference, "harmonic_tone", float(rng.uniform(100, 300)), 0.2, 8000, 8, float(rng.uniform(0.8, 1.0)))
    peak = np.abs(y).max()
    # 1 + 1e-7 (float32); 2.8
    assert peak <= 1 + 1e-5, f"harmonic_tone with 8 harmonics has the peak {peak:.3g}; no value may be above 1 or below -1"


@grades("harmonic_tone", weight=1)
def test_fresh_tones_have_the_wave_of_the_formula(learner, reference, rng):
    args = float(rng.uniform(150, 900)), 0.3, int(rng.choice([8000, 11025, 16000])), int(rng.integers(3, 8)), float(rng.uniform(0.3, 0.8))
    y, expected = heard(learner, reference, *args), reference.harmonic_tone(*args)
    factor = (y @ expected) / (expected @ expected)
    off = np.sqrt(np.mean((y - factor * expected) ** 2) / np.mean(y**2))
    # Relative, rms: 1e-4 (float32); 1 (cosines), 0.05 (1/k), while a harmonic more or less may be too weak to be seen here
    assert off <= 0.005 and factor > 0, f"harmonic_tone({', '.join(f'{a:.6g}' for a in args)}) differs from any multiple of the formula's tone: {off:.0%} of it do not fit"


# adsr. All stages have 400 samples or more, so that rounding each of them to whole samples errs by 2 / 400 at most.

ROUNDING = 0.03  # 0.005 (stages of whole samples); 0.05 (the mildest misconception, where it is asked)


def stages(rng, total):
    """attack, decay, sustain, release of so many seconds together, none of them short."""
    parts = rng.uniform(1.0, 2.0, 3)
    attack, decay, release = (float(x) for x in parts / parts.sum() * total)
    return {"attack": attack, "decay": decay, "sustain": float(rng.uniform(0.3, 0.6)), "release": release}


@grades("adsr", weight=0.5)
def test_there_is_one_factor_for_each_sample(learner, reference, rng):
    any_array(learner, reference, "adsr", int(rng.integers(9000, 12000)), 8000, **stages(rng, 0.7))


@grades("adsr", weight=0.5)
def test_factors_lie_between_0_and_1(learner, reference, rng):
    g = any_array(learner, reference, "adsr", 10_000, 8000, **stages(rng, 0.7))
    # Beyond 0 and 1: 0 (all rightful ones; 1e-8 as float32); none (what is in seconds has another shape)
    assert g.min() >= -1e-5 and g.max() <= 1 + 1e-5, f"adsr(10000, 8000, …) returned values from {g.min():.3g} to {g.max():.3g}; 0 to 1 were expected"


@grades("adsr", weight=1)
def test_the_corners_and_halfway_between_them(learner, reference):
    g = any_array(learner, reference, "adsr", 3201, 4000, attack=0.1, decay=0.1, sustain=0.5, release=0.2)
    for k, expected in ((200, 0.5), (400, 1.0), (600, 0.75), (800, 0.5), (1600, 0.5), (2399, 0.5), (2800, 0.25), (3200, 0.0)):
        # 0.005 (stages of whole samples); 0.25 (the mildest misconception)
        assert abs(g[k] - expected) <= ROUNDING, f"adsr(3201, 4000, attack=0.1, decay=0.1, sustain=0.5, release=0.2) is {g[k]:.3g} at {k / 4000:.4g} s; {expected} was expected"


@grades("adsr", weight=1)
def test_the_attack_rises_from_0(learner, reference, rng):
    shape = stages(rng, 0.7)
    end = int(shape["attack"] * 8000)
    g = any_array(learner, reference, "adsr", 10_000, 8000, **shape)[: end - 2]
    # 0 (all rightful ones); 0.0009 (a sample later)
    assert g[0] <= 1e-5, f"adsr begins at {g[0]:.3g}; the attack rises from 0"
    assert (np.diff(g) >= -1e-6).all() and g[-1] >= 1 - ROUNDING, f"adsr reaches {g[-1]:.3g} in an attack of {end} samples, with steps down to {np.diff(g).min():.2g}; it rises to 1"


@grades("adsr", weight=1)
def test_sustain_is_a_level_that_holds(learner, reference, rng):
    shape = stages(rng, 0.7)
    g = any_array(learner, reference, "adsr", 10_000, 8000, **shape)
    held = g[int((shape["attack"] + shape["decay"]) * 8000) + 3 : 10_000 - int(shape["release"] * 8000) - 3]
    off = np.abs(held - shape["sustain"]).max()
    # 0 (all rightful ones); 0.05 (the mildest misconception)
    assert off <= ROUNDING, f"adsr with sustain={shape['sustain']:.3f} is up to {off:.2g} off that level between decay and release"


@grades("adsr", weight=1, hint="no_release")
def test_the_envelope_ends_at_0(learner, reference, rng):
    last = any_array(learner, reference, "adsr", 3000, 2000, **stages(rng, 1.0))[-1]
    # 0 (1e-8 as float32); 0.0004 (the release a sample short)
    assert abs(last) <= 1e-5, f"adsr(3000, 2000, …) ends at {last:.3g}; the last sample is 0"


@grades("adsr", weight=1)
def test_nothing_jumps(learner, reference, rng):
    step = np.abs(np.diff(any_array(learner, reference, "adsr", 10_000, 8000, **stages(rng, 0.7)))).max()
    # The steepest line makes 1 / 1120 a sample. 0.002 (pieces that meet a sample too early; otherwise 0.0008); 0.31 (the mildest misconception)
    assert step <= 0.02, f"adsr(10000, 8000, …) jumps by {step:.3g} from one sample to the next; its lines meet at the corners"


@grades("adsr", weight=1.5, hint="cut_off")
def test_stages_that_are_too_long_shrink_in_proportion(learner, reference, rng):
    # The stages are 1.5 to 2 times as long as n. 0.0004 (whole samples); 0.3
    compare(learner, reference, "adsr", 8001, 8000, **stages(rng, float(rng.uniform(1.5, 2.0))), atol=ROUNDING)


@grades("adsr", weight=1)
def test_fresh_envelopes(learner, reference, rng):
    n = int(rng.integers(16_000, 20_000))
    compare(learner, reference, "adsr", n, 16000, **stages(rng, float(rng.uniform(0.3, 0.7))), atol=ROUNDING)


# pluck. One string says little of its pitch: chance may leave it nearly without a fundamental. The autocorrelations of six,
# averaged, have their first high peak at the period for every seed, and their peak ten periods on tells it to 0.02 cents.

SR = 22050
STRINGS = 6


def plucked(learner, reference, rng, duration=0.25, n=STRINGS):
    """Strings of one f0, with a period of k + 1/2 samples, and that period."""
    period = int(rng.integers(45, 74)) + 0.5  # 300 to 485 Hz
    seeds = rng.integers(2**32, size=n)
    return np.array([any_array(learner, reference, "pluck", SR / period, duration, SR, np.random.default_rng(seed)) for seed in seeds]), period


def autocorrelation(strings):
    """Its average over strings, without the first 20 ms and the offset."""
    strings = strings[:, SR // 50 :]
    strings = strings - strings.mean(axis=1, keepdims=True)
    n = strings.shape[1]
    r = np.fft.irfft(np.abs(np.fft.rfft(strings, 2 * n)) ** 2)[:, :n] / np.arange(n, 0, -1)
    return np.mean(r / np.maximum(r[:, :1], 1e-30), axis=0)


def peak_near(r, lag, reach):
    """Where the largest value around a lag lies, between samples by a parabola."""
    around = np.arange(max(1, round(lag) - reach), min(r.size - 1, round(lag) + reach + 1))
    i = int(around[np.argmax(r[around])])
    before, at, after = r[i - 1 : i + 2]
    bend = before - 2 * at + after
    return i + ((before - after) / 2 / bend if bend < 0 else 0.0)


def pitch_error(strings, period):
    """In cents, positive if the strings are too high; and how much one period is like the next, 1 for alike."""
    r = autocorrelation(strings)
    near = r[: int(2.5 * period)]
    peaks = [i for i in range(int(period / 2.5), near.size - 1) if near[i - 1] <= near[i] >= near[i + 1]]
    strongest = max((near[i] for i in peaks), default=0.0)
    if strongest < 0.3:
        return 0.0, strongest
    found = float(next(i for i in peaks if near[i] >= 0.7 * strongest))
    for m in (1, 3, 10):
        found = peak_near(r, m * found, max(2, round(found / 8))) / m
    return 1200 * np.log2(period / found), strongest


@grades("pluck", weight=0.5)
def test_a_string_has_its_samples(learner, reference, rng):
    plucked(learner, reference, rng, duration=float(rng.uniform(0.05, 0.1)), n=1)


@grades("pluck", weight=1, hint="noise_all_along")
def test_a_string_repeats_itself(learner, reference, rng):
    _, likeness = pitch_error(*plucked(learner, reference, rng))
    # 0.97 (all rightful ones); 0.03 (noise all along)
    assert likeness >= 0.8, f"pluck: the periods of your signal are not alike (autocorrelation {likeness:.2f}; a string has 0.9 or more)"


@grades("pluck", weight=0.5, hint="too_loud")
def test_a_string_stays_within_full_scale(learner, reference, rng):
    strings, _ = plucked(learner, reference, rng, duration=0.05)
    peak = np.abs(strings).max()
    # 1 (all rightful ones); 2.5 (six strings of normal values)
    assert peak <= 1 + 1e-5, f"pluck(…) has the peak {peak:.3g}; values lie in [-1, 1]"


@grades("pluck", weight=1.5, hint="no_low_pass")
def test_high_harmonics_die_before_low_ones(learner, reference, rng):
    strings, period = plucked(learner, reference, rng)
    strings = strings - strings.mean(axis=1, keepdims=True)
    early, late = (np.sum(np.abs(np.fft.rfft(part * np.hanning(1102), axis=1)) ** 2, axis=0) for part in (strings[:, :1102], strings[:, -1102:]))
    bins = 1102 / period  # from one harmonic to the next
    low, high = slice(int(0.5 * bins), int(3.5 * bins)), slice(int(7.5 * bins), None)
    share_early, share_late = (part[high].sum() / (part[low].sum() + 1e-30) for part in (early, late))
    fall = 10 * np.log10((share_early + 1e-30) / (share_late + 1e-30))
    # In dB: 34; 1.3 (noise that does not change)
    assert fall >= 10, f"pluck: from the first to the last 50 ms, harmonics 8 and up lose {fall:.0f} dB more than the first three; a mean of neighbours takes 30 dB or more"


@grades("pluck", weight=1, hint="octave")
def test_the_octave_is_right(learner, reference, rng):
    error, _ = pitch_error(*plucked(learner, reference, rng))
    # 39 (one sample off, which the next tests are for); 1180
    assert abs(error) <= 300, f"pluck: your strings are {error:+.0f} cents off; an octave is 1200"


@grades("pluck", weight=1, hint="one_sample_short")
def test_the_string_is_not_sharp(learner, reference, rng):
    error, _ = pitch_error(*plucked(learner, reference, rng))
    # 0.02; 23.7
    assert error <= 10, f"pluck: your strings are {error:+.0f} cents off, too high; at most 10 cents were expected"


@grades("pluck", weight=1, hint="one_sample_long")
def test_the_string_is_not_flat(learner, reference, rng):
    error, _ = pitch_error(*plucked(learner, reference, rng))
    # 0.02; 23.3
    assert error >= -10, f"pluck: your strings are {error:+.0f} cents off, too low; at most 10 cents were expected"


@grades("pluck", weight=1)
def test_each_sample_is_the_mean_of_two_a_period_ago(learner, reference, rng):
    for N in (2 * rng.integers(23, 36, 2) + [0, 1]).tolist():  # an even and an odd period: half a sample more is rounded otherwise
        y = any_array(learner, reference, "pluck", SR / (N + 0.5), 0.25, SR, np.random.default_rng(rng.integers(2**32)))
        off = np.abs(y[N:] - (y[:-N] + np.append(0.0, y[: -N - 1])) / 2)
        # 6e-8 (float32); 2e-3 (made 0.4 % smaller)
        assert off.max() <= 1e-5, f"pluck with N = {N}: y[j] differs from (y[j - N] + y[j - N - 1]) / 2 by up to {off.max():.2g}, first at j = N + {int(np.argmax(off > 1e-5))}"


def once(learner, reference, seed):
    return any_array(learner, reference, "pluck", SR / 50.5, 0.05, SR, np.random.default_rng(seed))


@grades("pluck", weight=0.75, hint="global_seed")
def test_equal_generators_give_the_same_string(learner, reference, rng):
    seed = int(rng.integers(2**32))
    first, second = (once(learner, reference, seed) for _ in range(2))
    assert np.array_equal(first, second), "pluck(436.634, 0.05, 22050, rng) with two generators in the same state gave two different signals"


@grades("pluck", weight=0.75, hint="own_seed")
def test_another_generator_gives_another_string(learner, reference, rng):
    first, second = (once(learner, reference, int(seed)) for seed in rng.integers(2**32, size=2))
    assert not np.allclose(first, second), "pluck(436.634, 0.05, 22050, rng) with two generators in different states gave the same signal"


# low_pass. What is measured in the middle of a signal does not see its ends.


def gain_db(learner, reference, rng, sr, cutoff, freqs):
    """What becomes of tones of these frequencies in the middle of 2000 samples, in dB."""
    gains = []
    for freq in freqs:
        angle = 2 * np.pi * freq / sr * np.arange(2000) + rng.uniform(0, 2 * np.pi)
        z = any_array(learner, reference, "low_pass", np.sin(angle), sr, float(cutoff))[500:1500]
        basis = np.column_stack([np.sin(angle), np.cos(angle)])[500:1500]
        gains.append(20 * np.log10(np.hypot(*np.linalg.lstsq(basis, z)[0]) + 1e-9))
    return np.array(gains)


@grades("low_pass", weight=0.5)
def test_as_many_samples_come_out_as_went_in(learner, reference, rng):
    any_array(learner, reference, "low_pass", rng.uniform(-1, 1, int(rng.integers(300, 600))), 8000, 1000.0)


@grades("low_pass", weight=1, hint="gain_not_1")
def test_a_constant_passes_unchanged(learner, reference, rng):
    size = float(rng.uniform(0.2, 1.0))
    z = any_array(learner, reference, "low_pass", np.full(500, size), 8000, float(rng.uniform(600, 1500)))
    # Relative: 0.002 (weights times 2 * cutoff / sr, not divided by their sum; float32 1e-6); 1 (high-pass)
    assert abs(z[250] / size - 1) <= 0.01, f"low_pass made {z[250]:.4g} of a constant {size:.4g}; it passes unchanged"


@grades("low_pass", weight=1.5, hint="delay_left_in")
def test_an_impulse_is_not_late(learner, reference, rng):
    n_taps, at = 2 * int(rng.integers(20, 40)) + 1, int(rng.integers(200, 300))
    h = any_array(learner, reference, "low_pass", np.eye(1, 500, at)[0], 8000, 1000.0, n_taps=n_taps)
    peak = int(np.argmax(h))
    assert peak == at, f"low_pass(…, n_taps={n_taps}) of a single 1 at sample {at} has its peak at sample {peak}; no delay was expected"


@grades("low_pass", weight=1, hint="ignores_n_taps")
def test_the_filter_has_n_taps_weights(learner, reference, rng):
    m = int(rng.integers(15, 25))
    h = any_array(learner, reference, "low_pass", np.eye(1, 500, 250)[0], 8000, 800.0, n_taps=2 * m + 1)
    beyond = np.abs(np.delete(h, np.arange(250 - m, 251 + m))).max()
    # As a share of the peak: 2e-16 (FFT, otherwise 0); 0.02 (101 weights whatever is asked for)
    assert beyond <= 1e-4 * np.abs(h).max(), f"low_pass(…, n_taps={2 * m + 1}) of a single 1 is not 0 more than {m} samples away from it: the filter has more weights than that"


@grades("low_pass", weight=1.5, hint="cutoff_relative_to_sr")
def test_the_cutoff_is_6_db_down(learner, reference, rng):
    sr = int(rng.choice([8000, 16000, 22050]))
    cutoff = rng.uniform(0.06, 0.2) * sr
    (db,) = gain_db(learner, reference, rng, sr, cutoff, [cutoff])
    # In dB from -6.02: 0.03; 6 (a constant cutoff of any other kind, or a gain that is not 1)
    assert abs(db + 6.02) <= 0.5, f"low_pass(…, {sr}, {cutoff:.1f}): a tone at the cutoff comes out at {db:.1f} dB; -6 dB were expected"


@grades("low_pass", weight=1)
def test_a_tone_an_octave_below_passes(learner, reference, rng):
    cutoff = rng.uniform(0.06, 0.2) * 16000
    (db,) = gain_db(learner, reference, rng, 16000, cutoff, [cutoff / 2])
    # In dB: 0.04; 6 (the cutoff at half of where it should be)
    assert abs(db) <= 0.2, f"low_pass(…, 16000, {cutoff:.1f}): a tone an octave below the cutoff comes out at {db:+.2f} dB; it passes unchanged, within 0.2 dB"


@grades("low_pass", weight=1.5)
def test_tones_from_an_octave_above_are_gone(learner, reference, rng):
    cutoff = rng.uniform(0.06, 0.07) * 16000
    db = gain_db(learner, reference, rng, 16000, cutoff, np.linspace(2.0, 2.3, 9) * cutoff).max()
    # In dB: -56.8; -40.8 (no window, which is no more than that: so the cutoff is a low one, where its ripples are largest)
    assert db <= -48, f"low_pass(…, 16000, {cutoff:.1f}): a tone an octave above the cutoff comes out at {db:.0f} dB; it is at least 50 dB down"


@grades("low_pass", weight=1)
def test_fresh_signals_are_the_weighted_sums(learner, reference, rng):
    sr, n_taps = int(rng.choice([8000, 16000, 22050])), 2 * int(rng.integers(20, 60)) + 1
    y = rng.uniform(-1, 1, 800)
    # 0.003 (weights times 2 * cutoff / sr, not divided by their sum; float32 2e-7); 0.047 (no window)
    compare(learner, reference, "low_pass", y, sr, float(rng.uniform(0.06, 0.2) * sr), n_taps=n_taps, atol=0.01)


@grades("low_pass", weight=0.5)
def test_without_n_taps_there_are_101_weights(learner, reference, rng):
    # 0.003 (as above); 0.1 (a weight more or less, which shifts the signal by a sample)
    compare(learner, reference, "low_pass", rng.uniform(-1, 1, 400), 8000, float(rng.uniform(600, 1500)), atol=0.01)


# add_noise. The power of 8000 normal values varies by 0.07 dB (one standard deviation).


def decaying(rng):
    """A signal whose peak is far above its rms: 11 dB."""
    amp = rng.uniform(0.1, 0.8)
    return amp * np.exp(-np.arange(9000) / 1000) * np.sin(rng.uniform(0.1, 0.5) * np.arange(9000) + 1.0)


def ratio(rng, sign=1):
    return float(sign * rng.uniform(8, 25))


@grades("add_noise", weight=0.5)
def test_a_noisy_signal_has_as_many_samples(learner, reference, rng):
    any_array(learner, reference, "add_noise", decaying(rng), 10.0, np.random.default_rng(1))


@grades("add_noise", weight=0.75, hint="nan_for_silence")
def test_silence_comes_back_unchanged(learner, reference, rng):
    # 0 (all rightful ones); none (NaN)
    compare(learner, reference, "add_noise", np.zeros(8000), ratio(rng), np.random.default_rng(1), atol=1e-9)


@grades("add_noise", weight=0.75, hint="writes_into_its_argument")
def test_the_signal_passed_is_left_as_it_is(learner, rng):
    y = decaying(rng)
    after = learner.call("add_noise", y.copy(), 10.0, np.random.default_rng(1)).args[0]
    assert np.array_equal(after, y), "after add_noise(y, 10.0, rng), y itself is changed; a new array was expected"


@grades("add_noise", weight=1, hint="one_number")
def test_each_sample_has_its_own_noise(learner, reference, rng):
    y = decaying(rng)
    noise = any_array(learner, reference, "add_noise", y, ratio(rng), np.random.default_rng(int(rng.integers(2**32)))) - y
    # As a share of the rms: 1 (the variation is all of the noise); 0 (a single number)
    assert np.std(noise) >= 0.1 * np.sqrt(np.mean(noise**2)), "add_noise(y, …) - y is nearly the same number at every sample; each was expected to get noise of its own"


@grades("add_noise", weight=0.75, hint="uniform_without_a_mean_of_zero")
def test_noise_has_no_offset(learner, reference, rng):
    y = decaying(rng)
    noise = any_array(learner, reference, "add_noise", y, ratio(rng), np.random.default_rng(int(rng.integers(2**32)))) - y
    offset, rms = abs(np.mean(noise)), np.sqrt(np.mean(noise**2))
    # As a share of the rms: 0.04 (4 standard deviations of a mean of 9000 values); 0.86 (uniform, from 0)
    assert offset <= 0.1 * rms, f"add_noise(y, …) - y has a mean of {offset:.3g}, and an rms of {rms:.3g}; noise has no offset"


@grades("add_noise", weight=0.75)
def test_noise_is_as_strong_where_the_signal_is_silent(learner, reference, rng):
    y = np.append(np.zeros(4000), decaying(rng)[:4000])
    noise = any_array(learner, reference, "add_noise", y, ratio(rng), np.random.default_rng(int(rng.integers(2**32)))) - y
    silent, loud = (np.sqrt(np.mean(half**2)) for half in (noise[:4000], noise[4000:]))
    # Of the rms of the louder half: 0.95 (4 standard deviations of 4000 values); 0 (noise that follows the signal)
    assert silent >= 0.7 * loud, f"add_noise(y, …) - y has an rms of {silent:.3g} where y is silent and {loud:.3g} where it is loud; white noise is the same all along"


@grades("add_noise", weight=3)
def test_the_ratio_is_the_one_asked_for(learner, reference, rng):
    for sign in (1, -1):
        snr_db = ratio(rng, sign)
        for seed in rng.integers(2**32, size=5).tolist():
            y = decaying(rng)
            came = reference.snr_db(y, any_array(learner, reference, "add_noise", y, snr_db, np.random.default_rng(seed)))
            # In dB: 0.3; 4 (the factor of amplitudes for the power)
            assert abs(came - snr_db) <= 0.5, f"add_noise(y, {snr_db:.2f}, rng) gave a signal-to-noise ratio of {came:.2f} dB"


@grades("add_noise", weight=0.75, hint="global_seed")
def test_equal_generators_give_the_same_noise(learner, reference, rng):
    y, seed = decaying(rng), int(rng.integers(2**32))
    first, second = (any_array(learner, reference, "add_noise", y, 10.0, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(first, second), "add_noise(y, 10.0, rng) with two generators in the same state gave two different signals"


@grades("add_noise", weight=0.75, hint="own_seed")
def test_another_generator_gives_other_noise(learner, reference, rng):
    y = decaying(rng)
    first, second = (any_array(learner, reference, "add_noise", y, 10.0, np.random.default_rng(int(seed))) for seed in rng.integers(2**32, size=2))
    # The largest difference: 0.03 (two draws of the weakest noise); 0 (a seed of its own)
    assert not np.allclose(first, second, atol=1e-9), "add_noise(y, 10.0, rng) with two generators in different states gave the same noise"
