"""Tests of melodies: pitches by the peak of scipy's spectrum, amplitudes and phases by least squares, files by the standard library, images by librosa."""

import wave

import librosa
import numpy as np
import pytest
from PIL import Image
from scipy.signal import periodogram

from reference_impl import make_melody, note_dataset, save_melody
from reference_impl.wav import write_wav

SR = 11025
HZ = {1: 261.63, 2: 293.66, 3: 329.63, 4: 349.23, 5: 392.00, 6: 440.00, 7: 493.88}
NOTE_SR = 8000  # of the recordings that are made here: a second has 12 frames


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


@pytest.fixture(scope="module")
def melody():
    return make_melody(100, np.random.default_rng(1))


def notes_of(y, sr=SR):
    """The seconds in which a note sounds, one a row."""
    return y.reshape(-1, sr)[::2]


def pitch_hz(note, sr=SR):
    """The frequency of the spectrum's peak, to 0.04 Hz."""
    freqs, power = periodogram(note, sr, window="hann", nfft=2**18)
    return freqs[power.argmax()]


def wave_of(note):
    """(amplitude, phase) of the sine at the note's pitch that is nearest to it in the middle of its second."""
    n = np.arange(4 * SR // 10, 6 * SR // 10)
    angles = 2 * np.pi * pitch_hz(note) * n / SR
    (a, b), *_ = np.linalg.lstsq(np.column_stack([np.sin(angles), np.cos(angles)]), note[n], rcond=None)
    return np.hypot(a, b), np.arctan2(b, a)


def recording(*seconds, sr=NOTE_SR):
    """A second of sine for each (freq, amp), None for silence."""
    t = np.arange(sr) / sr
    return np.concatenate([np.zeros(sr) if pair is None else pair[1] * np.sin(2 * np.pi * pair[0] * t) for pair in seconds])


# make_melody


@pytest.mark.parametrize("n", [1, 2, 17])
def test_a_note_takes_two_seconds(rng, n):
    y, sr, labels = make_melody(n, rng)
    assert (y.shape, sr, labels.shape) == ((2 * n * SR,), SR, (n,))


def test_silences_are_zeros(melody):
    assert not melody.y.reshape(-1, SR)[1::2].any()


def test_each_pitch_is_its_labels_within_25_cents(melody):
    cents = [1200 * np.log2(pitch_hz(note) / HZ[label]) for note, label in zip(notes_of(melody.y), melody.labels.tolist(), strict=True)]
    # A hundredth of a Hz in the table and 0.02 in the spectrum are a fifth of a cent.
    assert max(np.abs(cents)) < 25.3
    assert min(cents) < -20 and max(cents) > 20


def test_labels_are_equally_likely(rng):
    counts = np.bincount(make_melody(700, rng).labels, minlength=8)
    assert counts[0] == 0 and counts.size == 8
    assert (np.abs(counts[1:] - 100) < 46).all()  # five standard deviations of a count of 700 sevenths


def test_amplitudes_are_drawn_from_02_to_08(melody):
    amps = [wave_of(note)[0] for note in notes_of(melody.y)]
    assert 0.199 < min(amps) < 0.25 and 0.75 < max(amps) < 0.801  # the fit errs by less than 0.001


def test_phases_are_drawn_from_the_whole_turn(melody):
    phases = [wave_of(note)[1] for note in notes_of(melody.y)]
    counts, _ = np.histogram(phases, bins=4, range=(-np.pi, np.pi))
    assert counts.min() > 5  # 25 are expected in each quarter, with a standard deviation of 4.3


def test_tones_begin_and_end_under_a_raised_cosine_of_10_ms(melody):
    n_fade = round(0.01 * SR)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(n_fade) / n_fade)
    for note in notes_of(melody.y):
        limit = 1.001 * wave_of(note)[0] * ramp + 1e-12  # the fit again
        assert (np.abs(note[:n_fade]) <= limit).all() and (np.abs(note[::-1][:n_fade]) <= limit).all()


def test_no_two_notes_are_equal(melody):
    assert len({note.tobytes() for note in notes_of(melody.y)}) == 100


def test_an_equal_generator_gives_an_equal_melody():
    one, same, other = (make_melody(4, np.random.default_rng(seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.y, same.y)
    np.testing.assert_array_equal(one.labels, same.labels)
    assert not np.array_equal(one.y, other.y)


def test_global_randomness_is_left_alone():
    before = np.random.get_state()[1].copy()
    make_melody(2, np.random.default_rng(0))
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("n", [0, -1, 2.0, True, [1, 2], None])
def test_what_is_no_number_of_notes_is_refused(rng, n):
    with pytest.raises(ValueError, match=r"n=.*1 or more"):
        make_melody(n, rng)


@pytest.mark.parametrize("rng", [0, None, np.random])
def test_a_seed_is_no_generator(rng):
    with pytest.raises(ValueError, match=r"must be a numpy.random.Generator; did you pass a seed"):
        make_melody(2, rng)


# save_melody


def test_the_name_tells_the_notes_that_the_file_holds(tmp_path, rng):
    path = save_melody(tmp_path, 8, rng)
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SR, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767
    heard = [min(HZ, key=lambda label: abs(np.log(pitch / HZ[label]))) for pitch in map(pitch_hz, notes_of(samples))]
    assert path == tmp_path / ("".join(f"{label}_" for label in heard) + "notes.wav")


def test_an_equal_generator_writes_equal_bytes(tmp_path):
    one, same = (save_melody(tmp_path / folder, 3, np.random.default_rng(5)) for folder in ("one", "same"))
    assert (one.name, one.read_bytes()) == (same.name, same.read_bytes())


def test_folders_are_made_where_they_are_missing(tmp_path, rng):
    path = save_melody(f"{tmp_path}/a/b", 1, rng)
    assert list((tmp_path / "a" / "b").iterdir()) == [path]


def test_a_name_has_room_for_123_notes(tmp_path, rng):
    assert len(save_melody(tmp_path, 123, rng).name) == 255
    with pytest.raises(ValueError, match=r"n=124 notes need a file name of 257 characters, and 255 are the most"):
        save_melody(tmp_path / "more", 124, rng)
    assert not (tmp_path / "more").exists()


# note_dataset


def test_each_note_gives_an_image_named_after_its_second_and_label(tmp_path, rng):
    paths = note_dataset(save_melody(tmp_path, 3, rng).rename(tmp_path / "7_1_4_notes.wav"), tmp_path / "new" / "images")
    names = ["second_0_label_7.png", "second_2_label_1.png", "second_4_label_4.png"]
    assert paths == [tmp_path / "new" / "images" / name for name in names]
    assert sorted(path.name for path in (tmp_path / "new" / "images").iterdir()) == names


def test_images_are_librosas_mel_levels_of_the_notes_in_grey(tmp_path):
    y = recording((262, 0.7), (900, 0.1), (494, 0.02), None)  # something sounds in a pause, and is left out
    write_wav(tmp_path / "1_7_notes.wav", y, NOTE_SR)
    paths = note_dataset(tmp_path / "1_7_notes.wav", tmp_path / "images")
    for path, second in zip(paths, notes_of(y, NOTE_SR), strict=True):
        power = librosa.feature.melspectrogram(y=second, sr=NOTE_SR, n_fft=2048, hop_length=512, n_mels=64, center=False) / 512**2
        db = np.clip(10 * np.log10(np.maximum(power, 1e-10)), -80, 0)
        with Image.open(path) as image:
            assert (image.mode, image.size) == ("L", (12, 64))
            # 16-bit samples move levels near the floor, of 0.3 dB a grey level
            np.testing.assert_allclose(np.asarray(image).astype(float), 255 * (db[::-1] + 80) / 80, atol=1.5)


def test_a_louder_note_is_brighter(tmp_path):
    write_wav(tmp_path / "6_6_notes.wav", recording((440, 0.05), None, (440, 0.5)), NOTE_SR)
    soft, loud = (np.asarray(Image.open(path)).max() for path in note_dataset(tmp_path / "6_6_notes.wav", tmp_path / "images"))
    assert int(loud) - int(soft) == pytest.approx(20 / 80 * 255, abs=2)  # 20 of 80 dB; each of the two is rounded


def test_folders_with_numbers_and_underscores_give_no_labels(tmp_path):
    folder = tmp_path / "my_7_tunes"
    folder.mkdir()
    write_wav(folder / "2_notes.wav", recording((294, 0.5), None), NOTE_SR)
    assert [path.name for path in note_dataset(folder / "2_notes.wav", folder / "3_4_images")] == ["second_0_label_2.png"]


def test_old_images_are_replaced(tmp_path):
    paths = []
    for freq in (294, 494):
        write_wav(tmp_path / "2_notes.wav", recording((freq, 0.5)), NOTE_SR)
        (path,) = note_dataset(tmp_path / "2_notes.wav", tmp_path / "images")
        paths.append((path, np.asarray(Image.open(path)).sum(axis=1).argmax()))
    assert paths[0][0] == paths[1][0] and paths[0][1] > paths[1][1]  # the higher note is nearer to the top


@pytest.mark.parametrize("name", ["notes.wav", "8_notes.wav", "0_1_notes.wav", "1__2_notes.wav", "12_notes.wav", "1_2.wav", "tune_1_2_notes.wav", "1_notes.wav.txt"])
def test_a_name_without_labels_is_refused(tmp_path, name):
    write_wav(tmp_path / name, recording((262, 0.5), None, (262, 0.5), None), NOTE_SR)
    with pytest.raises(ValueError, match=r"is not named <label>_…_<label>_notes.wav"):
        note_dataset(tmp_path / name, tmp_path / "images")
    assert not (tmp_path / "images").exists()


def test_a_rate_below_one_frame_a_second_is_refused(tmp_path):
    write_wav(tmp_path / "1_notes.wav", recording((262, 0.5), None, sr=2047), 2047)
    with pytest.raises(ValueError, match=r"sr=2047 Hz must be at least 2048"):
        note_dataset(tmp_path / "1_notes.wav", tmp_path / "images")


@pytest.mark.parametrize("n", [2 * NOTE_SR, 3 * NOTE_SR - 1])
def test_more_labels_than_notes_are_refused(tmp_path, n):
    write_wav(tmp_path / "1_5_notes.wav", recording((262, 0.5), None, (392, 0.5))[:n], NOTE_SR)
    with pytest.raises(ValueError, match=r"2 notes with a second of silence between them are longer than .*; are the silences missing"):
        note_dataset(tmp_path / "1_5_notes.wav", tmp_path / "images")


def test_the_last_silence_may_be_missing(tmp_path):
    write_wav(tmp_path / "1_5_notes.wav", recording((262, 0.5), None, (392, 0.5)), NOTE_SR)
    assert len(note_dataset(tmp_path / "1_5_notes.wav", tmp_path / "images")) == 2
