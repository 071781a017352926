"""Tests of clips: what make_clips promises, by levels and autocorrelation; matrices and duplicates against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from reference_impl import Clip, build_matrix, count_duplicates, make_clips


@pytest.fixture
def rng():
    return np.random.default_rng(20180606)


@pytest.fixture(scope="module")
def clips():
    return make_clips(80, np.random.default_rng(1))


def rms_db(y):
    return 20 * np.log10(np.sqrt(np.mean(y**2)))


def periodicity(y):
    """The largest normalised autocorrelation at lags of 15 to 400 samples, 1470 to 55 Hz at 22050 Hz."""
    power = np.abs(np.fft.rfft(y, 2 * y.size)) ** 2
    return np.fft.irfft(power)[15:400].max() / np.sum(y**2)


# make_clips


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_n_clips_are_half_sounds(rng, n):
    clips = make_clips(n, rng)
    assert len(clips) == n
    assert sum(clip.label for clip in clips) == n // 2


def test_clips_are_half_seconds_of_finite_samples_within_full_scale(clips):
    for clip in clips:
        assert (clip.y.shape, clip.y.dtype, clip.sr) == ((11025,), float, 22050)
        assert np.abs(clip.y).max() < 1.0


def test_every_clip_is_a_take_of_its_own(clips):
    assert [clip.take for clip in clips] == list(range(80))


def test_labels_and_takes_are_plain_whole_numbers(clips):
    assert {type(value) for clip in clips for value in (clip.sr, clip.label, clip.take)} == {int}


def test_clips_without_a_sound_are_a_floor_between_70_and_50_db(clips):
    levels = [rms_db(clip.y) for clip in clips if clip.label == 0]
    assert -70.4 < min(levels) < -65.0 and -55.0 < max(levels) < -49.6  # 0.4 dB is six standard deviations of the level of 11025 samples


def test_clips_with_a_sound_are_periodic(clips):
    assert min(periodicity(clip.y) for clip in clips if clip.label == 1) > 0.8  # 0.89 in 600 draws


def test_clips_without_a_sound_are_not_periodic(clips):
    assert max(periodicity(clip.y) for clip in clips if clip.label == 0) < 0.1  # 0.05 in 600 draws


def test_sounds_reach_a_peak_that_is_drawn(clips):
    peaks = [np.abs(clip.y).max() for clip in clips if clip.label == 1]
    assert 0.18 < min(peaks) < 0.35 and 0.75 < max(peaks) < 0.92  # the floor adds or takes 0.02 at most


def test_sounds_begin_and_end_in_the_floor(clips):
    assert max(abs(clip.y[k]) for clip in clips for k in (0, -1)) < 0.02  # more than six standard deviations of the loudest floor


def test_both_kinds_of_sound_occur(clips):
    half = 5512
    ratios = [np.sum(clip.y[half:] ** 2) / np.sum(clip.y[:half] ** 2) for clip in clips if clip.label == 1]
    assert min(ratios) < 0.05 and max(ratios) > 0.5  # a string dies away, a tone is held


def test_equal_generators_give_equal_clips():
    for a, b in zip(make_clips(6, np.random.default_rng(3)), make_clips(6, np.random.default_rng(3)), strict=True):
        np.testing.assert_array_equal(a.y, b.y)
        assert a[1:] == b[1:]


def test_another_generator_gives_other_clips():
    first, other = make_clips(6, np.random.default_rng(3)), make_clips(6, np.random.default_rng(4))
    assert not any(np.array_equal(a.y, b.y) for a in first for b in other)


def test_the_labels_order_is_drawn():
    orders = {tuple(clip.label for clip in make_clips(10, np.random.default_rng(seed))) for seed in range(5)}
    assert len(orders) > 1


def test_no_two_clips_are_equal(clips):
    assert len({clip.y.tobytes() for clip in clips}) == 80


def test_global_randomness_is_left_alone():
    before = np.random.get_state()[1].copy()
    make_clips(3, np.random.default_rng(0))
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("n", [0, -1, 2.0, True, [0, 1], None])
def test_what_is_no_number_of_clips_is_refused(rng, n):
    with pytest.raises(ValueError, match=r"n=.*1 or more"):
        make_clips(n, rng)


@pytest.mark.parametrize("rng", [0, None, np.random])
def test_a_seed_is_no_generator(rng):
    with pytest.raises(ValueError, match=r"must be a numpy.random.Generator; did you pass a seed"):
        make_clips(2, rng)


# build_matrix


def test_a_row_is_the_feature_of_its_clip(rng):
    clips = [Clip(rng.standard_normal(5), 8000 + i, label, take) for i, (label, take) in enumerate([(1, 4), (0, 4), (7, 2)])]
    X, y, groups = build_matrix(clips, lambda y, sr: (y.sum(), sr))
    np.testing.assert_array_equal(X, [[clip.y.sum(), clip.sr] for clip in clips])
    np.testing.assert_array_equal(y, [1, 0, 7])
    np.testing.assert_array_equal(groups, [4, 4, 2])
    assert (X.dtype, y.dtype, groups.dtype) == (float, int, int)


def test_a_feature_of_one_number_gives_one_column(rng):
    X, _, _ = build_matrix(make_clips(4, rng), lambda y, sr: y.max())
    assert X.shape == (4, 1)


def test_labels_and_takes_do_not_reach_the_matrix(rng):
    signals = rng.standard_normal((4, 9))
    one, other = ([Clip(y, 8000, *numbers) for y, numbers in zip(signals, pairs, strict=True)]
                  for pairs in ([(0, 0), (0, 1), (1, 2), (1, 3)], [(1, 9), (0, 9), (1, 8), (0, 7)]))
    np.testing.assert_array_equal(build_matrix(one, lambda y, sr: y[:3])[0], build_matrix(other, lambda y, sr: y[:3])[0])


def test_a_row_is_independent_of_the_other_clips(rng):
    clips = make_clips(5, rng)
    np.testing.assert_array_equal(build_matrix(clips, lambda y, sr: y[:3])[0][:2], build_matrix(clips[:2], lambda y, sr: y[:3])[0])


def test_no_clips_make_no_matrix():
    with pytest.raises(ValueError, match="clips is empty"):
        build_matrix([], lambda y, sr: y)


@pytest.mark.parametrize("feature", [lambda y, sr: y, lambda y, sr: np.ones((2, y.size))])
def test_features_of_different_lengths_are_refused(feature):
    with pytest.raises(ValueError, match=r"must be rows of one length"):
        build_matrix([Clip(np.zeros(3), 8000, 0, 0), Clip(np.zeros(4), 8000, 0, 1)], feature)


@pytest.mark.parametrize("feature", [lambda y, sr: [y[0], np.nan], lambda y, sr: [y[0], -np.inf], lambda y, sr: ["C", "D"]])
def test_features_that_are_no_finite_numbers_are_refused(feature):
    with pytest.raises(ValueError, match=r"clip 0 must hold finite numbers"):
        build_matrix([Clip(np.zeros(3), 8000, 0, 0)], feature)


# count_duplicates


def test_duplicates_are_those_whose_nearest_neighbour_is_at_distance_zero(rng):
    X, X_test = rng.integers(3, size=(40, 3)), rng.integers(3, size=(30, 3))
    distances, _ = NearestNeighbors(n_neighbors=1).fit(X).kneighbors(X_test)
    assert 0 < count_duplicates(X, X_test) == np.sum(distances == 0) < 30


def test_a_row_is_no_duplicate_for_one_value_more():
    assert count_duplicates([[1.0, 2.0], [3.0, 4.0]], [[1.0, 4.0], [1.0, 2.0 + 1e-12]]) == 0


def test_a_test_row_counts_once_however_often_it_was_seen():
    assert count_duplicates([[1, 2]] * 5, [[1, 2], [1, 2]]) == 2


def test_the_number_type_does_not_matter():
    assert count_duplicates(np.array([[0, 255]], np.uint8), np.array([[-0.0, 255.0]])) == 1


@pytest.mark.parametrize(("X", "X_test"), [(np.empty((0, 2)), np.ones((3, 2))), (np.ones((3, 2)), np.empty((0, 2)))])
def test_nothing_is_in_nothing(X, X_test):
    assert count_duplicates(X, X_test) == 0


@pytest.mark.parametrize(
    ("X", "X_test", "match"),
    [([1, 2], [[1, 2]], "X has shape .*rows and columns"), ([[1, 2]], [[[1, 2]]], "X_test has shape .*rows and columns"),
     ([["a"]], [["a"]], "X has dtype .*must hold numbers"), ([[1.0]], [[np.nan]], "X_test holds NaN"), ([[1, 2]], [[1]], "2 columns, X_test 1")],
)
def test_what_are_no_two_matrices_is_refused(X, X_test, match):
    with pytest.raises(ValueError, match=match):
        count_duplicates(X, X_test)
