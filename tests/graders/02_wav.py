"""Hidden grader of 02_wav. Signals are 1-D floats, full scale is 1; a step is the distance of neighbouring sample values.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception, each over 200 seeds with numpy 2.4 and scipy 1.17. A test that names a hint can fail for
that reason alone, once the tests above it have passed.
"""

import io
import wave

import numpy as np
from scipy.io import wavfile

from autograder import agree, compare, grades, refuses, tell

RATES = (8000, 22050, 44100, 48000)
SILENCE = np.zeros(500)  # every way of rounding gives the same file


def any_array(learner, reference, name, *args, **kwargs):
    """What the learner's function returns, as floats; its type, shape and finiteness are checked, its values are not."""
    return np.asarray(compare(learner, reference, name, *args, atol=1e9, **kwargs), dtype=float)


# to_int16


@grades("to_int16", weight=0.5)
def test_there_is_one_sample_for_each_value(learner, reference, rng):
    any_array(learner, reference, "to_int16", rng.uniform(-1, 1, 60))


@grades("to_int16", weight=1.5, hint="float_result")
def test_samples_are_whole_numbers(learner, rng):
    came = np.asarray(learner.to_int16(rng.uniform(-1, 1, 60)))
    assert came.dtype.kind in "iu", f"to_int16(<array (60,)>) returned numbers of type {came.dtype}; int16 was expected"


@grades("to_int16", weight=0.5, hint="uint16")
def test_samples_have_a_sign(learner, rng):
    came = np.asarray(learner.to_int16(rng.uniform(-1, 1, 60)))
    assert came.dtype.kind != "u", f"to_int16(<array (60,)>) returned numbers of type {came.dtype}, which are never negative; int16 was expected"


@grades("to_int16", weight=0.5)
def test_samples_have_16_bits(learner, rng):
    came = learner.to_int16(rng.uniform(-1, 1, 60))
    if isinstance(came, np.ndarray):  # a list of whole numbers has no width
        assert came.dtype.kind == "i" and came.dtype.itemsize == 2, f"to_int16(<array (60,)>) returned {tell(came)}; int16 was expected"


@grades("to_int16", weight=2)
def test_samples_divided_by_32767_give_the_signal_back(learner, reference, rng):
    y = rng.uniform(-1, 1, 2000)
    steps = np.abs(any_array(learner, reference, "to_int16", y) - 32767 * y).max()
    # In steps: 1.0 (truncation; rounding 0.502); 1.43 (factor 32768; factor 16000 16700). The next test has more room.
    assert steps <= 1.05, f"to_int16(<array (2000,)>) / 32767 is up to {steps / 32767:.3g} away from y; at most {1 / 32767:.3g} was expected"
    if steps > 0.75:
        learner.remark("to_int16 cuts fractions off instead of rounding them. That costs no points, but rounding to the nearest number "
                       "would halve the largest error.")


@grades("to_int16", weight=1)
def test_the_factor_is_32767(learner, reference, rng):
    # 0.3 of a step above k, near full scale: rounded or truncated, the factor 32767 gives k, 32768 gives k + 1.
    k = rng.integers(28_000, 32_000, 50)
    off = any_array(learner, reference, "to_int16", (k + 0.3) / 32767) - k
    assert not off.any(), f"to_int16 of values near full scale is up to {np.abs(off).max():g} steps off; the factor is 32767, full scale"


@grades("to_int16", weight=2)
def test_what_is_too_loud_is_clipped(learner, reference, rng):
    loud = rng.uniform(1.05, 1.95, 20)
    came = any_array(learner, reference, "to_int16", np.concatenate([[1.2], loud, -loud]))
    up, down = came[:21], came[21:]
    assert (up == 32767).all(), f"to_int16([1.2, …]): 1.2 became {came[0]:g}, values above 1 became {up.min():g} to {up.max():g}; 32767 was expected"
    assert np.isin(down, (-32767, -32768)).all(), f"to_int16 of values below -1 gave {down.min():g} to {down.max():g}; -32767 was expected"


@grades("to_int16", weight=1, hint="nan_unnoticed")
def test_nan_is_refused(learner, rng):
    y = rng.uniform(-1, 1, 60)
    y[rng.integers(60)] = np.nan
    refuses(learner, "to_int16", y)


# write_wav


def written(learner, y, sr):
    """The bytes of the file that the learner's write_wav makes."""
    learner.write_wav("out.wav", y, sr)
    return learner.read_bytes("out.wav")


def opened(content):
    """(number of channels, bytes a sample, rate, number of frames), bytes of the samples: by the standard library."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            return file.getparams()[:4], file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise AssertionError(f"write_wav wrote a file of {len(content)} bytes that Python's wave cannot open ({error}); 16-bit PCM was expected") from None


@grades("write_wav", weight=0.5, hint="no_header")
def test_the_file_begins_as_a_wav_file_does(learner):
    content = written(learner, SILENCE, 8000)
    start = content[:4], content[8:12]
    assert start == (b"RIFF", b"WAVE"), f"write_wav wrote a file of {len(content)} bytes that does not begin with RIFF and WAVE, as a WAV file does"


@grades("write_wav", weight=1, hint="float_file")
def test_the_file_holds_whole_numbers(learner):
    content = written(learner, SILENCE, 8000)
    try:
        _, samples = wavfile.read(io.BytesIO(content))
    except ValueError as error:
        raise AssertionError(f"write_wav wrote a file of {len(content)} bytes that scipy cannot read ({error})") from None
    assert samples.dtype.kind != "f", f"write_wav wrote samples of type {samples.dtype}; int16 was expected"


@grades("write_wav", weight=0.5, hint="eight_bit")
def test_a_sample_is_more_than_one_byte(learner):
    (_, width, _, _), _ = opened(written(learner, SILENCE, 8000))
    assert width != 1, "write_wav wrote samples of 8 bits; 16 bits were expected"


@grades("write_wav", weight=0.5)
def test_a_sample_is_two_bytes(learner):
    (_, width, _, _), _ = opened(written(learner, SILENCE, 8000))
    assert width == 2, f"write_wav wrote samples of {8 * width} bits; 16 bits were expected"


@grades("write_wav", weight=1, hint="two_channels")
def test_there_is_one_channel(learner):
    (n_channels, _, _, _), _ = opened(written(learner, SILENCE, 8000))
    assert n_channels == 1, f"write_wav wrote a file of {n_channels} channels; 1 was expected"


@grades("write_wav", weight=2, hint="hard_coded_rate")
def test_the_header_says_the_rate(learner, rng):
    for sr in rng.permutation([8000, 11025, 41100, 48000]).tolist():
        (_, _, rate, _), _ = opened(written(learner, SILENCE, sr))
        assert rate == sr, f"write_wav('out.wav', y, {sr}) wrote a header of {rate} Hz; {sr} was expected"


@grades("write_wav", weight=1)
def test_a_file_written_again_has_the_new_number_of_samples(learner, rng):
    for n in (700, int(rng.integers(100, 600))):  # the second one is shorter
        (_, _, _, frames), _ = opened(written(learner, np.zeros(n), 8000))
        assert frames == n, f"write_wav of {n} samples wrote a file of {frames}"


@grades("write_wav", weight=2)
def test_the_samples_are_those_of_to_int16(learner, reference, rng):
    y = rng.uniform(-1, 1, 300)
    (n_channels, width, _, _), content = opened(written(learner, y, 16000))
    assert (n_channels, width) == (1, 2), f"write_wav wrote {n_channels} channels of {8 * width} bits; 1 channel of 16 bits was expected"
    # In steps: 1 (truncation); 32000 (samples that were not scaled). The factor itself is graded in to_int16.
    agree(np.frombuffer(content, "<i2"), reference.to_int16(y), "the file of write_wav", atol=16)


# read_wav


def given_file(learner, samples, sr):
    """Puts a file of int16 samples (n,) or (n, channels) into the learner's folder and returns what read_wav makes of it."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(sr)
        file.writeframes(samples.astype("<i2").tobytes())
    learner.write_bytes("given.wav", content.getvalue())
    return learner.read_wav("given.wav")


def pair(came):
    """What read_wav returned, as (y, sr), if it is two things in the right order."""
    assert isinstance(came, list | tuple) and len(came) == 2, f"read_wav('given.wav') returned {tell(came)}; two things were expected, (y, sr)"
    assert not (isinstance(came[0], int | float) and isinstance(came[1], list | tuple | np.ndarray)), \
        "read_wav('given.wav') returned a number and then an array; the signal was expected first, then the rate"
    assert isinstance(came[1], int | float), f"read_wav('given.wav') returned {tell(came[1])} as its rate; a whole number was expected"
    return came


def noise(rng, *shape):
    """Samples of the whole range, both ends included."""
    samples = rng.integers(-32768, 32768, shape).astype(np.int16)
    samples[:2] = np.array([-32768, 32767]).reshape(-1, *(1 for _ in shape[1:]))
    return samples


@grades("read_wav", weight=0.5)
def test_two_things_come_back(learner, rng):
    came = given_file(learner, noise(rng, 80), 8000)
    assert isinstance(came, list | tuple) and len(came) == 2, f"read_wav('given.wav') returned {tell(came)}; two things were expected, (y, sr)"


@grades("read_wav", weight=1, hint="rate_first")
def test_the_signal_comes_before_the_rate(learner, rng):
    pair(given_file(learner, noise(rng, 80), 8000))


@grades("read_wav", weight=1.5, hint="resampled")
def test_each_file_keeps_its_rate(learner, rng):
    for sr in RATES:
        _, rate = pair(given_file(learner, noise(rng, 2000), sr))
        assert rate == sr, f"read_wav of a file of {sr} Hz returned the rate {rate}"


@grades("read_wav", weight=0.5)
def test_the_rate_is_a_whole_number(learner, rng):
    agree(type(pair(given_file(learner, noise(rng, 80), 22050))[1]).__name__, "int", "the type of read_wav's rate")


@grades("read_wav", weight=1, hint="raw_integers")
def test_the_signal_is_within_full_scale(learner, rng):
    y = np.asarray(pair(given_file(learner, noise(rng, 80), 22050))[0])
    largest = np.abs(y.astype(float)).max()
    # 1.00003 (division by 32767); 32768 (none at all)
    assert largest <= 1.001, f"read_wav('given.wav') returned values up to {largest:g}; the range is -1 to 1"
    if largest > 1.00001:
        learner.remark("read_wav divides by 32767. That costs no points, but the lowest sample, -32768, then leaves the range; 32768 keeps it at -1.")


@grades("read_wav", weight=1)
def test_the_signal_is_the_files_samples(learner, rng):
    samples = noise(rng, int(rng.integers(200, 400)))
    y, _ = pair(given_file(learner, samples, 44100))
    # 3.05e-5 (division by 32767); 3e4 (no division; resampling gives another length)
    agree(y, samples / 32768, "the signal of read_wav('given.wav')", atol=1e-4)


@grades("read_wav", weight=1.5)
def test_channels_are_averaged(learner, rng):
    samples = noise(rng, 300, 2)
    y, _ = pair(given_file(learner, samples, 22050))
    # 3.05e-5 (division by 32767); 0.9 (the left channel alone, the sum)
    agree(y, (samples / 32768).mean(axis=1), "the signal of read_wav of a stereo file", atol=1e-4)


# quantise


def staircase(rng):
    """Values a little beside the levels of 12 bits near zero: their places in steps, and the values themselves.

    There, the conventions 2047 and 2048 for full scale differ by less than 0.02 steps.
    """
    steps = np.arange(20) + rng.integers(8) + np.array([[0.1], [0.3], [0.6], [0.9]])
    return steps, (steps / 2047).ravel()


def full_range(rng):
    """Values spread over -1 to 1 in steps of the golden ratio, so evenly that rounding errors are, too, at every number of bits.

    As independent draws, 4000 values would leave the gain of a bit to chance by more than the tolerance of 0.2 dB.
    """
    return 2 * ((rng.uniform() + np.arange(4000) * (np.sqrt(5) - 1) / 2) % 1) - 1


@grades("quantise", weight=0.5)
def test_there_is_one_level_for_each_value(learner, reference, rng):
    any_array(learner, reference, "quantise", rng.uniform(-0.99, 0.99, 60), 8)


@grades("quantise", weight=1, hint="integers")
def test_levels_stay_within_full_scale(learner, reference, rng):
    largest = np.abs(any_array(learner, reference, "quantise", rng.uniform(-0.99, 0.99, 200), 14)).max()
    assert largest <= 1, f"quantise(<array (200,)>, 14) returned values up to {largest:g}; the range is -1 to 1"


@grades("quantise", weight=1)
def test_values_within_a_step_share_a_level(learner, reference, rng):
    _, y = staircase(rng)
    low, low_too, high, high_too = 2047 * any_array(learner, reference, "quantise", y, 12).reshape(4, -1)
    gap = max(np.abs(low - low_too).max(), np.abs(high - high_too).max())
    # In steps: 0 (float32 1e-4); 0.2 (not quantised at all; one bit too many 0.5)
    assert gap <= 0.05, f"quantise(<array (80,)>, 12): values that have the same nearest level came out {gap:.2g} steps apart, so the levels are too dense"


@grades("quantise", weight=1)
def test_no_value_moves_by_more_than_half_a_step(learner, reference, rng):
    steps, y = staircase(rng)
    off = np.abs(2047 * any_array(learner, reference, "quantise", y, 12).reshape(4, -1) - steps).max()
    # In steps: 0.42 (levels around zero or 2048 a side; otherwise 0.4); 0.9 (truncation, one bit too few)
    assert off <= 0.5, f"quantise(<array (80,)>, 12) moved a value by {off:.2g} steps; the nearest level is at most half a step away"


@grades("quantise", weight=1)
def test_a_ramp_uses_the_levels_that_bits_can_number(learner, reference, rng):
    bits = int(rng.integers(3, 7))
    ramp = any_array(learner, reference, "quantise", np.linspace(-1, 1, 2 ** (bits + 4)), bits)
    n_levels = np.unique(ramp.round(6)).size  # a step is 0.03 or more, float32 errs 1e-7
    assert n_levels in (2**bits - 1, 2**bits), f"quantise of a ramp from -1 to 1 with {bits} bits gave {n_levels} levels; {2**bits - 1} were expected"


@grades("quantise", weight=1)
def test_8_bits_of_noise_have_48_db(learner, reference, rng):
    y = full_range(rng)
    ratio = reference.snr_db(y, any_array(learner, reference, "quantise", y, 8))
    # In dB: 48.07 to 48.17 (wherever the levels lie); 42.1 (truncation, one bit too few; one too many 54.1)
    assert 47 <= ratio <= 50, f"quantise(<array (4000,)>, 8): noise that fills the range has {ratio:.1f} dB to its rounding errors; 48 dB were expected"


@grades("quantise", weight=1)
def test_each_bit_is_worth_6_db(learner, reference, rng):
    y = full_range(rng)
    ratios = [reference.snr_db(y, any_array(learner, reference, "quantise", y, bits)) for bits in range(8, 17)]
    gains = np.diff(ratios)
    # In dB: 0.06 (what is left of chance, and 2 ** bits - 1 levels are a little more than twice 2 ** (bits - 1) - 1); 12 (integers, which lose with each bit; that truncation is told here as well is chance)
    assert np.abs(gains - 6.02).max() <= 0.2, f"quantise: from 8 to 16 bits, a bit more brings {gains.min():.2f} to {gains.max():.2f} dB; 6.02 were expected"


# snr_db. Computed in float32, a ratio errs by 1e-5 dB at most; what misconceptions err by stands beside each test.


def signs(rng, n):
    """As many +1 as -1, shuffled: their mean is 0 and their peak is their rms."""
    return rng.permutation(np.repeat([1.0, -1.0], n // 2))


@grades("snr_db", weight=1)
def test_a_ratio_of_amplitudes_is_squared(learner, rng):
    amp, ratio = rng.uniform(0.3, 0.9), rng.uniform(4, 30)
    clean = amp * signs(rng, 200)
    came = learner.snr_db(clean, clean + amp / ratio * signs(rng, 200))
    # In dB: 1e-5 (float32); 6 (logarithm of the amplitudes' ratio; 12 or more for twice that of the powers')
    agree(came, float(20 * np.log10(ratio)), f"snr_db of a signal {ratio:.3g} times as large as the noise", atol=0.01)


@grades("snr_db", weight=1)
def test_equal_signals_have_an_infinite_ratio(learner, rng):
    y = rng.uniform(-1, 1, 50)
    came = learner.snr_db(y, y.copy())
    assert isinstance(came, int | float), f"snr_db(y, y) returned {tell(came)}; a number was expected"
    assert came == np.inf, f"snr_db(y, y) returned {came}; without noise the ratio is infinite"


@grades("snr_db", weight=1)
def test_noise_in_few_samples_counts_by_its_power(learner, rng):
    clean = np.sin(2 * np.pi * np.arange(400) / 40 + 0.3)
    clicks = np.zeros(400)
    clicks[rng.permutation(400)[:40]] = signs(rng, 40)
    size = rng.uniform(0.1, 0.5)
    came = learner.snr_db(clean, clean + size * clicks)
    # A sine has half the power of its peak, the clicks a tenth. In dB: 1e-5 (float32); 7.0 (peaks compared)
    agree(came, float(10 * np.log10(0.5 / (0.1 * size**2))), "snr_db of a sine with a few clicks", atol=0.01)


@grades("snr_db", weight=1)
def test_an_offset_counts_as_noise(learner, rng):
    clean = rng.permutation(np.arange(-64, 65)) / 128  # sums of such numbers are exact
    came = learner.snr_db(clean, clean + 1 / 16)
    # In dB: 1e-5 (float32); none (variances leave no noise, an infinite ratio)
    agree(came, float(10 * np.log10(np.mean(clean**2) * 256)), "snr_db of a signal with an offset", atol=0.01)


@grades("snr_db", weight=1)
def test_the_ratio_of_fresh_signals(learner, reference, rng):
    amp = rng.uniform(0.1, 0.9)
    clean = amp * np.sin(rng.uniform(0.01, 0.3) * np.arange(500))
    noisy = clean + amp * rng.uniform(0.05, 0.3) * rng.standard_normal(500)
    compare(learner, reference, "snr_db", clean, noisy, atol=0.01)  # In dB: 1e-5 (float32); 3 (logarithm of the amplitudes' ratio)


# peak_normalise. Of the target: 1.4e-7 (float32); 0.1 (the mildest misconception, where it is asked)


def downward(rng):
    """A signal whose largest excursion is a negative one."""
    y = rng.uniform(-0.2, 0.2, 200)
    y[rng.integers(200)] = rng.uniform(-0.5, -0.3)
    return y


@grades("peak_normalise", weight=0.5)
def test_there_is_one_scaled_value_for_each_value(learner, reference, rng):
    any_array(learner, reference, "peak_normalise", downward(rng))


@grades("peak_normalise", weight=1, hint="ignores_target")
def test_half_the_target_gives_half_the_signal(learner, reference, rng):
    y, target = downward(rng), float(rng.uniform(0.5, 1.0))
    whole = any_array(learner, reference, "peak_normalise", y, target=target)
    half = any_array(learner, reference, "peak_normalise", y, target=target / 2)
    assert np.abs(half - whole / 2).max() <= 1e-6 * np.abs(whole).max(), "peak_normalise returned something else than half as much for half the target"


@grades("peak_normalise", weight=1.5)
def test_the_largest_excursion_becomes_the_target(learner, reference, rng):
    target = float(rng.uniform(0.3, 0.8))
    peak = np.abs(any_array(learner, reference, "peak_normalise", downward(rng), target=target)).max()
    # 1.4e-7 (float32); 0.17 (the maximum without abs; the rms 0.5)
    assert abs(peak - target) <= 1e-6, f"peak_normalise(<array (200,)>, target={target:.3g}) has its largest excursion at {peak:.6g}; {target:.6g} was expected"


@grades("peak_normalise", weight=1)
def test_without_a_target_the_peak_is_0_9(learner, reference, rng):
    compare(learner, reference, "peak_normalise", 0.01 * downward(rng), atol=1e-6)


@grades("peak_normalise", weight=1.5, hint="nan_for_silence")
def test_silence_stays_silence(learner, reference):
    compare(learner, reference, "peak_normalise", np.zeros(50), atol=1e-6)


@grades("peak_normalise", weight=1, hint="writes_into_its_argument")
def test_the_signal_passed_is_left_as_it_is(learner, rng):
    y = downward(rng)
    after = learner.call("peak_normalise", y.copy()).args[0]
    assert np.array_equal(after, y), "after peak_normalise(y), y itself is changed; a new array was expected"


@grades("peak_normalise", weight=1)
def test_every_sample_is_scaled_alike(learner, reference, rng):
    y = rng.uniform(2, 50) * rng.standard_normal(300) + 1
    compare(learner, reference, "peak_normalise", y, target=float(rng.uniform(0.2, 0.7)), atol=1e-6)
