"""Tunes: lengths and rests by counting samples, pitches by scipy's spectrum, the noise by its level in the first rest."""

import numpy as np
import pytest
from scipy.signal import periodogram

from reference_impl import play_tune

HZ = {"C": 261.63, "D": 293.66, "E": 329.63, "F": 349.23, "G": 392.00, "A": 440.00, "B": 493.88}


@pytest.fixture
def rng():
    return np.random.default_rng(4)


def stretches(y, block):
    """(start, end) in blocks of what is louder than the noise."""
    levels = np.sqrt(np.mean(y[: y.size // block * block].reshape(-1, block) ** 2, axis=1))
    return np.flatnonzero(np.diff(np.concatenate([[0], (levels > 0.1 * levels.max()).astype(int), [0]]))).reshape(-1, 2)


def test_each_name_is_a_note_of_one_or_two_quarters_between_rests(rng):
    quarter, block = 4410, 441
    for _ in range(10):
        y = play_tune(list("CDEFGABC"), 0.2, 22050, rng)
        found = stretches(y, block)
        assert len(found) == 8
        lengths = (found[:, 1] - found[:, 0]) * block / quarter
        rests = (np.append(found[1:, 0], y.size // block) - found[:, 1]) * block / quarter
        # A note's last 30 ms, of its release, fade below the limit: 0.15 quarters.
        for values in (lengths, rests):
            np.testing.assert_allclose(values, values.round(), atol=0.2)
            assert set(values.round()) <= {1.0, 2.0}
        assert found[0, 0] * block == quarter


def test_pitches_are_the_letters_within_25_cents(rng):
    y = play_tune(list(HZ), 0.3, 22050, rng)
    for name, (start, end) in zip(HZ, stretches(y, 441), strict=True):
        freqs, power = periodogram(y[start * 441 : end * 441], 22050, window="hann", nfft=2**17)
        inside = (freqs > 240) & (freqs < 520)
        cents = 1200 * np.log2(freqs[inside][power[inside].argmax()] / HZ[name])
        assert abs(cents) < 27  # 25, and a hundredth of a Hz in the table, and half a bin


def test_noise_lies_30_db_below(rng):
    y = play_tune(list("CCGGAAGF"), 0.25, 22050, rng)
    noise = np.mean(y[:5512] ** 2)
    ratio = 10 * np.log10((np.mean(y**2) - noise) / noise)
    assert ratio == pytest.approx(30, abs=0.5)  # the mean of 5512 squares of noise spreads by 2 %, 0.08 dB


def test_peaks_lie_between_04_and_08_and_noise(rng):
    peaks = [np.abs(play_tune(["A"], 0.2, 22050, rng)).max() for _ in range(40)]
    assert 0.38 < min(peaks) < 0.5 and 0.7 < max(peaks) < 0.95


def test_an_equal_generator_plays_an_equal_tune():
    first, again, other = (play_tune(["C", "E"], 0.2, 8000, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert first.size != other.size or not np.array_equal(first, other)


@pytest.mark.parametrize(("names", "quarter", "sr", "message"), [
    ([], 0.2, 22050, "at least one"),
    (["C4"], 0.2, 22050, "did you pass octaves"),
    (["C"], 120, 22050, "did you pass beats a minute"),
    (["C"], 0.14, 22050, "must be from 0.15"),
    (["C"], 0.2, 0, "sr=0 must be"),
])
def test_bad_input_is_refused_with_its_likely_cause(names, quarter, sr, message):
    with pytest.raises(ValueError, match=message):
        play_tune(names, quarter, sr, np.random.default_rng(0))
