"""Tests of descriptors: laws first, then librosa as the oracle."""

import librosa
import numpy as np
import pytest

from reference_impl import spectral_centroid

SR = 11025


@pytest.fixture
def rng():
    return np.random.default_rng(20180403)


def test_centroid_equals_librosas_without_centring(rng):
    y = rng.standard_normal(SR) * np.linspace(0.1, 1.0, SR)
    theirs = librosa.feature.spectral_centroid(y=y, sr=SR, n_fft=2048, hop_length=512, center=False)[0]
    np.testing.assert_allclose(spectral_centroid(y, SR), theirs, rtol=1e-9)  # rounding gives 1e-15


def test_two_tones_balance_at_their_mean_weighted_by_amplitude():
    t = np.arange(2048) / 8192
    y = 0.6 * np.cos(2 * np.pi * 1000 * t) + 0.2 * np.cos(2 * np.pi * 3000 * t)  # both at a bin, so with equal windows around them
    assert spectral_centroid(y, 8192) == pytest.approx([(0.6 * 1000 + 0.2 * 3000) / 0.8])


def test_a_louder_signal_has_the_same_centroid(rng):
    y = rng.standard_normal(5000)
    np.testing.assert_allclose(spectral_centroid(0.01 * y, SR), spectral_centroid(y, SR), rtol=1e-9)  # rounding


def test_the_same_samples_at_twice_the_rate_have_twice_the_centroid(rng):
    y = rng.standard_normal(5000)
    np.testing.assert_allclose(spectral_centroid(y, 2 * SR), 2 * spectral_centroid(y, SR), rtol=1e-12)  # rounding


def test_silence_has_the_centroid_0(rng):
    y = np.concatenate([rng.standard_normal(2048), np.zeros(2560)])
    centroid = spectral_centroid(y, SR)
    assert (centroid[:-2] > 0).all()
    np.testing.assert_array_equal(centroid[-2:], 0.0)


def test_a_signal_shorter_than_a_frame_has_no_centroid():
    assert spectral_centroid(np.ones(2047), SR).shape == (0,)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: spectral_centroid(np.zeros((2, 3000)), SR), r"y has shape \(2, 3000\)"),
    (lambda: spectral_centroid(np.full(3000, np.nan), SR), "y holds NaN or infinity"),
    (lambda: spectral_centroid(np.zeros(3000, np.int16), SR), "dtype int16; a signal is of floats"),
    (lambda: spectral_centroid(np.zeros(3000), 0), "sr=0 must be positive"),
])
def test_bad_input_is_refused_with_its_likely_cause(call, message):
    with pytest.raises(ValueError, match=message):
        call()
