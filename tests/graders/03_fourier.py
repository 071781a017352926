"""Hidden grader of 03_fourier. Signals are 1-D floats; frequencies and sr are in Hz; bins count from 0.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception that this test is for, each over 200 seeds with numpy 2.4 and scipy 1.17.
"""

import numpy as np

from autograder import agree, compare, grades, tell


def number(came, call):
    """What came, as a float, if it is one number."""
    came = came.item() if isinstance(came, np.ndarray) and came.size == 1 and came.ndim == 0 else came
    assert isinstance(came, int | float) and not isinstance(came, bool), f"{call} returned {tell(came)}; a number was expected"
    return float(came)


# The three questions


@grades("q1")
def test_the_header_decides_pitch_and_length(learner):
    assert str(learner.q1()).strip().lower() == "a", "the answer to question 1 is another one"


@grades("q2")
def test_a_bit_is_worth_six_decibels(learner):
    assert str(learner.q2()).strip().lower() == "c", "the answer to question 2 is another one"


@grades("q3")
def test_the_rms_of_equal_sizes_is_that_size(learner):
    assert str(learner.q3()).strip().lower() == "c", "the answer to question 3 is another one"


# dft

# Runs dft beside the learner's code and watches every call in its course, also those in the learner's helpers, under whatever name they were
# imported: all FFT functions of numpy and scipy pass through modules named after pocketfft, while np.fft.fftfreq and fftshift do not.
SPY = """
import sys
answer, before = False, sys.getprofile()
def spy(frame, event, function):
    global answer
    module = frame.f_globals.get("__name__") if event == "call" else getattr(function, "__module__", None)
    if event in ("call", "c_call") and "pocketfft" in str(module):
        answer = True
sys.setprofile(spy)
try:
    dft(x)
except Exception:
    pass  # the next call, which is not watched, tells what is wrong
finally:
    sys.setprofile(before)
"""


def transform(learner, reference, x):
    """What the learner's dft makes of x, of the right shape; no FFT function may run meanwhile, or the test is lost."""
    fft_ran = learner.probe(SPY, x=x)
    assert fft_ran is False, f"dft(<array {x.shape}>) runs an FFT function of numpy or scipy, which the rule of this exercise forbids"
    return np.asarray(compare(learner, reference, "dft", x, atol=1e9), dtype=complex)


def agree_with(X, expected, call):
    # Of the largest magnitude: 2.6e-7 (float32; 1e-15 in double precision); 0.26 (magnitudes, when added), 0.5 and more (the others)
    agree(X, expected, call, atol=1e-5 * np.abs(expected).max(), rtol=0)


@grades("dft", weight=0.5)
def test_there_are_as_many_bins_as_samples(learner, reference, rng):
    transform(learner, reference, rng.uniform(-1, 1, 12))


@grades("dft")
def test_four_samples_worked_by_hand(learner, reference):
    X = transform(learner, reference, np.array([1.0, 2.0, 0.0, -1.0]))
    agree_with(X, np.array([2, 1 - 3j, 0, 1 + 3j]), "dft([1.0, 2.0, 0.0, -1.0])")


@grades("dft")
def test_the_energy_is_kept(learner, reference, rng):
    n = int(rng.integers(20, 60))
    x = rng.uniform(-1, 1, n)
    energy, share = np.sum(x**2), np.sum(np.abs(transform(learner, reference, x)) ** 2) / n
    # 2e-7 (float32); 0.23 (real part only), 0.97 (scaled)
    assert abs(share / energy - 1) <= 1e-5, f"dft(<array ({n},)>): the squares of all |X[k]|, divided by n, add up to {share:.6g}; those of x to {energy:.6g}"


@grades("dft")
def test_the_transform_of_a_sum_is_the_sum_of_the_transforms(learner, reference, rng):
    x, z = rng.uniform(-1, 1, (2, 30))
    whole, parts = transform(learner, reference, x + z), transform(learner, reference, x) + transform(learner, reference, z)
    agree_with(whole, parts, "dft(x + z), compared with dft(x) + dft(z),")


@grades("dft")
def test_a_single_sample_is_its_own_transform(learner, reference, rng):
    x = rng.uniform(0.3, 1, 1)
    agree_with(transform(learner, reference, x), x.astype(complex), "dft(<array (1,)>)")


@grades("dft", weight=2)
def test_fresh_signals_of_even_and_odd_length(learner, reference, rng):
    for n in (int(rng.integers(20, 40)) * 2, int(rng.integers(20, 40)) * 2 + 1):
        x = rng.uniform(-1, 1, n)
        agree_with(transform(learner, reference, x), reference.dft(x), f"dft(<array ({n},)>)")


@grades("dft")
def test_256_samples(learner, reference, rng):
    x = rng.uniform(-1, 1, 256)
    agree_with(transform(learner, reference, x), reference.dft(x), "dft(<array (256,)>)")


# bin_to_hz. Tolerance in Hz: 2e-3 (float32 near 24 kHz); 0.37 (rounded), 1.1 (fence), 4.3 (one bin off)

HZ = 0.02


@grades("bin_to_hz", weight=0.5)
def test_the_frequency_of_a_bin_is_a_number(learner):
    number(learner.bin_to_hz(4, 16, 8000), "bin_to_hz(4, 16, 8000)")


@grades("bin_to_hz")
def test_bin_64_of_1024(learner, reference):
    compare(learner, reference, "bin_to_hz", 64, 1024, 16000, atol=HZ)


@grades("bin_to_hz")
def test_bin_0_lies_at_0_hz(learner, reference):
    compare(learner, reference, "bin_to_hz", 0, 512, 44100, atol=HZ)


@grades("bin_to_hz")
def test_the_middle_bin_lies_at_half_the_rate(learner, reference, rng):
    n_fft, sr = 2 * int(rng.integers(100, 1000)), 2 * int(rng.integers(4000, 24000))
    compare(learner, reference, "bin_to_hz", n_fft // 2, n_fft, sr, atol=HZ)


@grades("bin_to_hz", hint="rounded")
def test_frequencies_of_bins_are_not_rounded(learner, reference, rng):
    # From bin to bin it is 15.625 Hz, so the frequencies of these end in .625 or .375.
    for k in (8 * rng.integers(2, 60, 3) + rng.choice([1, 7], 3)).tolist():
        compare(learner, reference, "bin_to_hz", k, 1024, 16000, atol=HZ)


@grades("bin_to_hz")
def test_fresh_bins(learner, reference, rng):
    for sr in rng.permutation([8000, 11025, 22050, 44100, 48000])[:3].tolist():
        n_fft = int(rng.integers(200, 2000))
        compare(learner, reference, "bin_to_hz", int(rng.integers(n_fft // 4, n_fft // 2)), n_fft, sr, atol=HZ)


# hz_to_bin. Tolerance in bins: 6e-5 (float32 near bin 1000); 0.06 (fence), 0.2 (rounded), 1 (one bin off)

BINS = 2e-3


@grades("hz_to_bin", weight=0.5)
def test_the_bin_of_a_frequency_is_a_number(learner):
    number(learner.hz_to_bin(2000.0, 16, 8000), "hz_to_bin(2000.0, 16, 8000)")


@grades("hz_to_bin")
def test_1000_hz_of_1024_samples(learner, reference):
    compare(learner, reference, "hz_to_bin", 1000.0, 1024, 16000, atol=BINS)


@grades("hz_to_bin")
def test_0_hz_is_bin_0(learner, reference):
    compare(learner, reference, "hz_to_bin", 0.0, 512, 44100, atol=BINS)


@grades("hz_to_bin")
def test_half_the_rate_is_the_middle_bin(learner, reference, rng):
    n_fft, sr = 2 * int(rng.integers(100, 1000)), 2 * int(rng.integers(4000, 24000))
    compare(learner, reference, "hz_to_bin", sr / 2, n_fft, sr, atol=BINS)


@grades("hz_to_bin")
def test_the_frequency_of_a_bin_gives_its_number_back(learner, reference, rng):
    n_fft = int(rng.integers(200, 2000))
    for k in rng.integers(n_fft // 4, n_fft // 2, 3).tolist():
        came = number(learner.hz_to_bin(reference.bin_to_hz(k, n_fft, 44100), n_fft, 44100), "hz_to_bin")
        assert abs(came - k) <= BINS, f"hz_to_bin of the frequency of bin {k} of {n_fft} is {came:.6g}; {k} was expected"


@grades("hz_to_bin", hint="rounded")
def test_bins_are_not_rounded(learner, reference, rng):
    for k in rng.integers(20, 500, 3) + rng.uniform(0.2, 0.8, 3):
        compare(learner, reference, "hz_to_bin", reference.bin_to_hz(k, 1024, 22050), 1024, 22050, atol=BINS)


# alias_frequency. Tolerance in Hz: 0.015 (float32 at 480 kHz); 160, sr / 50 (the mildest misconception where it is asked, at sr = 8000)

ALIAS = 2.0


def away_from_multiples(rng, sr, low, high):
    """A frequency between low and high half rates, at least sr / 100 away from every multiple of sr / 2."""
    return float((rng.integers(low, high) + rng.uniform(0.02, 0.98)) * sr / 2)


@grades("alias_frequency", weight=0.5)
def test_an_alias_is_a_number(learner):
    number(learner.alias_frequency(5500.0, 8000), "alias_frequency(5500.0, 8000)")


@grades("alias_frequency", weight=0.5)
def test_below_half_the_rate_a_tone_is_heard_as_it_is(learner, reference, rng):
    sr = int(rng.integers(8000, 48000))
    compare(learner, reference, "alias_frequency", away_from_multiples(rng, sr, 0, 1), sr, atol=ALIAS)


@grades("alias_frequency")
def test_between_half_the_rate_and_the_rate_tones_fold_back(learner, reference, rng):
    compare(learner, reference, "alias_frequency", 5000.0, 8000, atol=ALIAS)
    sr = int(rng.integers(8000, 48000))
    f = float(rng.choice([rng.uniform(0.52, 0.72), rng.uniform(0.78, 0.98)])) * sr  # at 3/4 of the rate, two formulas agree
    compare(learner, reference, "alias_frequency", f, sr, atol=ALIAS)


@grades("alias_frequency")
def test_beyond_the_rate_it_begins_anew(learner, reference, rng):
    sr = int(rng.integers(8000, 48000))
    compare(learner, reference, "alias_frequency", away_from_multiples(rng, sr, 2, 3), sr, atol=ALIAS)


@grades("alias_frequency")
def test_an_alias_has_no_sign(learner, reference, rng):
    sr = int(rng.integers(8000, 48000))
    for f in (-away_from_multiples(rng, sr, 0, 1), away_from_multiples(rng, sr, 3, 4), -away_from_multiples(rng, sr, 5, 6)):
        compare(learner, reference, "alias_frequency", f, sr, atol=ALIAS)


@grades("alias_frequency", weight=2)
def test_the_spectrum_of_the_sampled_tone_has_its_top_at_the_alias(learner, rng):
    sr, n = int(rng.integers(8000, 48000)), 4096
    window = np.hanning(n)
    for _ in range(5):
        f = away_from_multiples(rng, sr, -20, 20)
        sampled = np.sin(2 * np.pi * f * np.arange(n) / sr)
        top = np.abs(np.fft.rfft(window * sampled)).argmax() * sr / n
        came = number(learner.alias_frequency(f, sr), f"alias_frequency({f:.6g}, {sr})")
        # In bins: 0.50 (the largest bin is at most half a bin away, and leakage moves it a little); 82, sr / 50
        assert abs(came - top) <= 0.75 * sr / n, f"alias_frequency({f:.6g}, {sr}) is {came:.6g} Hz; a sine of {f:.6g} Hz, sampled, has the top of its spectrum at {top:.6g} Hz"


# dominant_frequency

BIN = 22050 / 4096  # the distance of two bins that the contract's 0.5 Hz belongs to


def sine(rng, freq, n=4096, sr=22050, offset=0.0):
    return rng.uniform(0.1, 1) * np.sin(2 * np.pi * freq * np.arange(n) / sr + rng.uniform(-3, 3)) + offset


def finds(learner, y, freq, sr=22050):
    came = number(learner.dominant_frequency(y, sr), f"dominant_frequency(<array {y.shape}>, {sr})")
    # In Hz at 4096 samples and 22050 Hz: 0.34 (largest bin of a spectrum padded to eight times its length; parabola, float32 too, 0.086);
    # where it is asked, 0.67 (padded to four times its length), 0.88 (parabola without a window), 2.69 (no interpolation)
    allowed = 0.5 / BIN * sr / y.size
    assert abs(came - freq) <= allowed, (
        f"dominant_frequency of a sine of {freq:.2f} Hz ({y.size} samples, sr={sr}) is {came:.2f} Hz; at most {allowed:.2f} Hz beside it was expected")


@grades("dominant_frequency", weight=0.5)
def test_the_frequency_of_a_tone_is_a_number(learner, rng):
    number(learner.dominant_frequency(sine(rng, 100 * BIN), 22050), "dominant_frequency(<array (4096,)>, 22050)")


@grades("dominant_frequency", hint="negative_half")
def test_the_frequency_lies_between_0_and_half_the_rate(learner, rng):
    came = number(learner.dominant_frequency(sine(rng, 100 * BIN), 22050), "dominant_frequency")
    assert 0 < came < 22050 / 2, f"dominant_frequency of a sine of {100 * BIN:.2f} Hz is {came:.2f} Hz; a number between 0 and sr / 2 was expected"


@grades("dominant_frequency")
def test_a_tone_at_a_bin(learner, rng):
    freq = int(rng.integers(60, 900)) * BIN
    finds(learner, sine(rng, freq), freq)


@grades("dominant_frequency", weight=2)
def test_tones_midway_between_two_bins(learner, rng):
    for k in rng.integers(20, 900, 4):
        finds(learner, sine(rng, (k + 0.5) * BIN), (k + 0.5) * BIN)


@grades("dominant_frequency")
def test_tones_at_other_places_between_two_bins(learner, rng):
    for place in (0.125, 0.3, 0.7):  # where too little padding is worst, where a parabola without a window is
        freq = (rng.integers(60, 900) + place) * BIN
        finds(learner, sine(rng, freq), freq)


@grades("dominant_frequency", weight=1.5, hint="dc_chosen")
def test_an_offset_is_no_tone(learner, rng):
    freq = int(rng.integers(60, 900)) * BIN
    finds(learner, sine(rng, freq, offset=0.8), freq)


@grades("dominant_frequency", weight=2)
def test_fresh_tones_from_100_to_5000_hz(learner, rng):
    for freq in np.append(rng.uniform(100, 5000, 6), [rng.uniform(100, 150), rng.uniform(4900, 5000)]):
        finds(learner, sine(rng, freq), freq)


@grades("dominant_frequency")
def test_other_lengths_and_rates(learner, rng):
    for n, sr in ((2048, 8000), (5001, 44100)):
        freq = rng.uniform(15 * sr / n, 0.25 * sr)
        finds(learner, sine(rng, freq, n, sr, offset=rng.uniform(-1, 1)), freq, sr)


# amplitude_spectrum

AMPLITUDE = 1e-6  # 1.2e-7 (float32); 1.3e-3 (symmetric window), 0.1 and more (the others, where they are asked)


def spectrum(learner, y, sr):
    """Frequencies and magnitudes that came, if they are two arrays of one dimension."""
    call = f"amplitude_spectrum(<array {y.shape}>, {sr})"
    came = learner.amplitude_spectrum(y, sr)
    assert isinstance(came, list | tuple | np.ndarray) and len(came) == 2, f"{call} returned {tell(came)}; two things were expected, (freqs, magnitudes)"
    for part, name in zip(came, ("freqs", "magnitudes"), strict=True):
        assert isinstance(part, list | tuple | np.ndarray) and np.ndim(part) == 1, f"{call} returned {tell(part)} as {name}; an array of one dimension was expected"
        assert np.asarray(part).dtype.kind in "iuf", f"{call} returned {name} of type {np.asarray(part).dtype}; real numbers were expected"
    return np.asarray(came[0], dtype=float), np.asarray(came[1], dtype=float)


def magnitudes(learner, y, sr, *bins):
    """The magnitudes of these bins; there must be 1 + n // 2 of them."""
    came = spectrum(learner, y, sr)[1]
    n = 1 + y.size // 2
    assert came.size == n, f"amplitude_spectrum(<array {y.shape}>, {sr}) returned {came.size} magnitudes; {n} were expected"
    return came[list(bins)]


def wave(rng, k, n, amp):
    """A sine with k periods in n samples."""
    return amp * np.sin(2 * np.pi * k * np.arange(n) / n + rng.uniform(-3, 3))


@grades("amplitude_spectrum", weight=0.5)
def test_two_arrays_come_back(learner, rng):
    spectrum(learner, rng.uniform(-1, 1, 64), 8000)


@grades("amplitude_spectrum", hint="two_sided")
def test_only_one_side_comes_back(learner, rng):
    freqs, came = spectrum(learner, rng.uniform(-1, 1, 64), 8000)
    assert max(freqs.size, came.size) < 64, f"amplitude_spectrum(<array (64,)>, 8000) returned {came.size} magnitudes; those up to half the rate are 33"


@grades("amplitude_spectrum", weight=2)
def test_bins_go_from_0_to_half_the_rate(learner, reference, rng):
    for n in (2 * int(rng.integers(30, 100)), 2 * int(rng.integers(30, 100)) + 1):
        freqs, came = spectrum(learner, rng.uniform(-1, 1, n), 22050)
        # In Hz: 1e-3 (float32); 50 (other frequencies)
        agree(freqs, reference.amplitude_spectrum(np.zeros(n), 22050).freqs, f"the freqs of amplitude_spectrum(<array ({n},)>, 22050)", atol=0.02)
        assert came.size == freqs.size, f"amplitude_spectrum(<array ({n},)>, 22050) returned {freqs.size} freqs and {came.size} magnitudes"


@grades("amplitude_spectrum", weight=2)
def test_a_tone_at_a_bin_has_its_amplitude(learner, rng):
    for n in (256, int(rng.integers(200, 400)) * 2 + 1):
        k = int(rng.integers(20, 80))
        came = magnitudes(learner, wave(rng, k, n, 0.7), 22050, k)
        # 1.2e-7 (float32); 0.21 (power), 0.35 (half). A symmetric window errs by up to 2e-6 and is told in the next test.
        agree(came, np.array([0.7]), f"amplitude_spectrum of a sine of amplitude 0.7 at bin {k} of {n} samples, in that bin,", atol=AMPLITUDE)


@grades("amplitude_spectrum")
def test_beside_a_tone_the_window_is_seen(learner, rng):
    n, k = 2 * int(rng.integers(60, 200)), int(rng.integers(20, 40))
    came = magnitudes(learner, wave(rng, k, n, 0.7), 22050, k - 1, k + 1, k + 2)
    # 5e-8 (float32); 1.3e-3 (symmetric window), 0.35 (no window)
    agree(came, np.array([0.35, 0.35, 0.0]), f"amplitude_spectrum of a sine of amplitude 0.7 at bin {k} of {n} samples, in bins {k - 1}, {k + 1} and {k + 2},", atol=AMPLITUDE)


@grades("amplitude_spectrum")
def test_an_offset_is_not_doubled(learner, rng):
    offset = rng.uniform(0.2, 0.9)
    agree(magnitudes(learner, np.full(128, offset), 8000, 0), np.array([offset]), f"amplitude_spectrum of a constant {offset:.6g}, at 0 Hz,", atol=AMPLITUDE)


@grades("amplitude_spectrum")
def test_half_the_rate_is_not_doubled(learner, rng):
    amp = rng.uniform(0.2, 0.9)
    came = magnitudes(learner, amp * (-1.0) ** np.arange(128), 8000, -1)
    agree(came, np.array([amp]), f"amplitude_spectrum of samples that alternate between {amp:.6g} and {-amp:.6g}, at half the rate,", atol=AMPLITUDE)


@grades("amplitude_spectrum")
def test_the_last_bin_of_an_odd_number_is_doubled(learner, reference, rng):
    n = 2 * int(rng.integers(30, 100)) + 1
    y = wave(rng, n // 2 - 1, n, rng.uniform(0.4, 1))  # so near the end that the last bin has half of it
    agree(magnitudes(learner, y, 8000, -1), reference.amplitude_spectrum(y, 8000).magnitudes[-1:],
          f"amplitude_spectrum of {n} samples, in the last bin, which is not at half the rate,", atol=AMPLITUDE)


@grades("amplitude_spectrum", weight=2)
def test_fresh_noise_is_as_the_formula_says(learner, reference, rng):
    for n in (2 * int(rng.integers(60, 100)), 2 * int(rng.integers(60, 100)) + 1, 2):
        y = rng.uniform(-1, 1, n)
        agree(magnitudes(learner, y, 16000, *range(1 + n // 2)), reference.amplitude_spectrum(y, 16000).magnitudes,
              f"the magnitudes of amplitude_spectrum(<array ({n},)>, 16000)", atol=AMPLITUDE)
