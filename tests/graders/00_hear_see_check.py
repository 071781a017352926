"""Hidden grader of 00_hear_see_check. Times are in seconds, sr in Hz; peak and rms are in the units of the samples.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception that this test is for, each over 200 seeds with numpy 2.4.
"""

import numpy as np

from autograder import agree, grades, refuses, tell

RATES = (8000, 11025, 16000, 22050, 44100, 48000)


def number(came, call):
    """What came, as a float, if it is one number."""
    came = came.item() if isinstance(came, np.ndarray) and came.ndim == 0 else came
    assert isinstance(came, int | float) and not isinstance(came, bool), f"{call} returned {tell(came)}; a number was expected"
    return float(came)


# seconds_to_samples. Whether the number is an int is asked once; the other tests take floats, too.


def counts(learner, duration, sr, n):
    call = f"seconds_to_samples({duration:.9g}, {sr})"
    came = number(learner.seconds_to_samples(duration, sr), call)
    # 0 (float32, too); 0.1 (not rounded), 1 (cut off, rounded up)
    assert abs(came - n) <= 0.01, f"{call} returned {came:.10g}; {duration * sr!r}, rounded to the nearest whole number, is {n}"


@grades("seconds_to_samples")
def test_a_number_of_samples_is_an_int(learner):
    came = learner.seconds_to_samples(0.5, 8000)
    number(came, "seconds_to_samples(0.5, 8000)")
    assert not isinstance(came, float), f"seconds_to_samples(0.5, 8000) returned {tell(came)}; an int was expected"


@grades("seconds_to_samples", weight=0.5)
def test_half_a_second_at_8000_hz_has_4000_samples(learner):
    counts(learner, 0.5, 8000, 4000)


@grades("seconds_to_samples")
def test_no_time_has_no_samples(learner):
    counts(learner, 0.0, 44100, 0)
    counts(learner, 1.0, 44100, 44100)


@grades("seconds_to_samples")
def test_what_is_a_tiny_bit_too_little_is_rounded_up(learner):
    counts(learner, 2.01, 8000, 16080)  # 16079.999999999998
    counts(learner, 0.7, 22050, 15435)  # 15434.999999999998


@grades("seconds_to_samples")
def test_what_is_a_tiny_bit_too_much_is_rounded_down(learner):
    counts(learner, 0.28, 11025, 3087)  # 3087.0000000000005
    counts(learner, 8.05, 8000, 64400)  # 64400.00000000001


@grades("seconds_to_samples", weight=2)
def test_fresh_times_are_rounded_to_the_nearest_sample(learner, rng):
    for side in (-1, 1, -1, 1):  # below and above a whole number, never near half a sample
        n, sr = int(rng.integers(1000, 100_000)), int(rng.choice(RATES))
        counts(learner, float((n + side * rng.uniform(0.1, 0.4)) / sr), sr, n)


# describe

LEVEL = 1e-5  # Relative: 1.4e-7 (float32); 0.11 (standard deviation; the others more, where they are asked)


def lopsided(rng, n):
    """Samples with an offset and a peak that goes down."""
    y = rng.uniform(-0.3, 0.4, n) + 0.1
    y[rng.integers(n)] = -rng.uniform(0.7, 0.9)
    return y


def said(learner, y, sr):
    """What describe says of y, if it is a dict with the four keys, and the call."""
    call = f"describe(<{y.dtype} array {y.shape}>, {sr})"
    came = learner.describe(y, sr)
    assert isinstance(came, dict), f"{call} returned {tell(came)}; a dict was expected"
    keys = ["duration", "n_samples", "peak", "rms"]
    assert sorted(map(str, came)) == keys, f"{call} returned the keys {sorted(map(str, came))}; {keys} were expected"
    return came, call


def says(learner, y, sr, key, expected):
    came, call = said(learner, y, sr)
    agree(number(came[key], f"{call}[{key!r}]"), float(expected), f"{call}[{key!r}]", rtol=LEVEL)


def rms_of(y):
    return np.sqrt(np.mean(y.astype(float) ** 2))


@grades("describe", weight=0.5)
def test_four_things_are_said(learner, rng):
    said(learner, lopsided(rng, 50), 8000)


@grades("describe")
def test_samples_are_counted(learner, rng):
    n = int(rng.integers(100, 300))
    came, call = said(learner, lopsided(rng, n), 8000)
    agree(came["n_samples"], n, f"{call}['n_samples']")


@grades("describe")
def test_the_duration_is_in_seconds(learner, rng):
    for sr in rng.choice(RATES, 2, replace=False).tolist():
        n = int(rng.integers(100, 300))
        says(learner, lopsided(rng, n), sr, "duration", n / sr)


@grades("describe")
def test_the_peak_counts_downwards(learner, rng):
    y = lopsided(rng, 200)
    says(learner, y, 8000, "peak", np.abs(y).max())
    says(learner, -y, 8000, "peak", np.abs(y).max())


@grades("describe", weight=2)
def test_the_rms_is_the_root_of_the_mean_square(learner, rng):
    says(learner, np.array([0.3, -0.4, 0.0, 0.0]), 8, "rms", 0.25)
    y = lopsided(rng, 200)
    says(learner, y, 8000, "rms", rms_of(y))


@grades("describe", weight=0.5)
def test_one_sample_has_a_level(learner, rng):
    level = rng.uniform(0.2, 0.9)
    says(learner, np.array([level]), 8000, "rms", level)


@grades("describe")
def test_levels_are_in_the_signals_own_units(learner, rng):
    y = rng.uniform(2, 9) * lopsided(rng, 100)
    says(learner, y, 8000, "rms", rms_of(y))
    says(learner, y, 8000, "peak", np.abs(y).max())


@grades("describe", hint="overflow")
def test_the_peak_of_16_bit_samples_does_not_overflow(learner, rng):
    y = rng.integers(-200, 200, 60).astype(np.int16)  # so small that only one sample can overflow
    y[rng.integers(60)] = -32768
    says(learner, y, 8000, "peak", 32768)


@grades("describe", hint="overflow")
def test_the_rms_of_16_bit_samples_does_not_overflow(learner, rng):
    y = rng.integers(-32768, 32768, 200).astype(np.int16)
    says(learner, y, 8000, "rms", rms_of(y))


@grades("describe", hint="empty_unnoticed")
def test_an_empty_signal_is_refused(learner):
    refuses(learner, "describe", np.zeros(0), 8000)


# silence


def zeros(learner, duration, sr):
    call = f"silence({duration:.9g}, {sr})"
    came = learner.silence(duration, sr)
    assert isinstance(came, np.ndarray | list | tuple), f"{call} returned {tell(came)}; an array was expected"
    return np.asarray(came), call


@grades("silence")
def test_silence_has_one_dimension(learner, rng):
    came, call = zeros(learner, int(rng.integers(20, 60)) / 8000, 8000)
    assert came.ndim == 1, f"{call} returned shape {came.shape}; one dimension was expected, (n,)"


@grades("silence", hint="integers")
def test_silence_is_made_of_floats(learner, rng):
    came, call = zeros(learner, int(rng.integers(20, 60)) / 8000, 8000)
    assert came.dtype.kind == "f", f"{call} returned samples of type {came.dtype}; floats were expected"


@grades("silence", weight=2, hint="noise")
def test_silence_is_exactly_zero(learner, rng):
    came, call = zeros(learner, int(rng.integers(200, 600)) / 8000, 8000)
    loud = came[came != 0]  # NaN is not 0 either
    assert not loud.size, f"{call} holds {loud.size} samples that are not 0, such as {loud.flat[0]:.3g}; all were expected to be exactly 0"


@grades("silence")
def test_half_a_second_of_silence_at_8_hz(learner):
    came, call = zeros(learner, 0.5, 8)
    assert came.size == 4, f"{call} returned {came.size} samples; 4 were expected"


@grades("silence", weight=2)
def test_silence_lasts_as_long_as_it_should(learner, rng):
    for duration, sr, n in ((2.01, 8000, 16080), (0.0, 8000, 0), (float((1000 + rng.uniform(-0.4, -0.1)) / 22050), 22050, 1000)):
        came, call = zeros(learner, duration, sr)
        assert came.size == n, f"{call} returned {came.size} samples; {n} were expected, {duration * sr!r} rounded to the nearest"


# The quiz


@grades("q1")
def test_nothing_stays_nothing_whatever_the_factor(learner):
    assert str(learner.q1()).strip().lower() == "c", "the answer to question 1 is another one"
