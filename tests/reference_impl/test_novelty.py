"""Tests of novelty: fresh notes are admitted; fresh noise, triads and silences are not."""

import numpy as np
import pytest
from scipy.signal import chirp

from reference_impl import add_noise, adsr, harmonic_tone, midi_to_hz, out_of_distribution, peak_normalise

SR, N = 22050, 11025


@pytest.fixture
def rng():
    return np.random.default_rng(20180606)


def tone(midi, rng):
    y = harmonic_tone(midi_to_hz(midi + rng.uniform(-0.25, 0.25)), 0.5, SR, n_harm=int(rng.integers(1, 6)), decay=rng.uniform(0.2, 0.5))
    return y * adsr(N, SR, 0.01, 0.1, 0.7, 0.1)


@pytest.mark.parametrize("midi", range(60, 72))
def test_every_note_is_admitted(rng, midi):
    assert out_of_distribution(add_noise(tone(midi, rng), 20.0, rng), SR) is False


@pytest.mark.parametrize("third", [3, 4])
@pytest.mark.parametrize("root", range(55, 68))
def test_triads_are_sent_away(rng, root, third):
    assert out_of_distribution(add_noise(sum(tone(root + step, rng) for step in (0, third, 7)), 20.0, rng), SR) is True


@pytest.mark.parametrize("level_db", [-90, -60, -30, -10])
def test_white_noise_is_sent_away_at_any_level(rng, level_db):
    assert out_of_distribution(10 ** (level_db / 20) * rng.standard_normal(N), SR)


def test_digital_silence_is_sent_away():
    assert out_of_distribution(np.zeros(N), SR)


def test_a_glide_over_an_octave_is_sent_away():
    t = np.arange(N) / SR
    assert out_of_distribution(chirp(t, 261.6, t[-1], 523.3, method="logarithmic"), SR)


@pytest.mark.parametrize("gain", [1e-3, 0.5, 2.0])
def test_the_level_has_no_say(rng, gain):
    note, triad = peak_normalise(tone(64, rng)), peak_normalise(sum(tone(m, rng) for m in (60, 64, 67)))
    assert (out_of_distribution(gain * note, SR), out_of_distribution(gain * triad, SR)) == (False, True)


@pytest.mark.parametrize(("y", "match"), [(np.zeros(0), "at least one"), (np.full(N, np.nan), "NaN or infinity"), (np.zeros((2, N)), "one-dimensional")])
def test_what_is_no_signal_is_refused(y, match):
    with pytest.raises(ValueError, match=match):
        out_of_distribution(y, SR)
