"""Tests of datasets. Recordings are synthesised at 8000 Hz: a second has 12 frames."""

import numpy as np
import pytest
from PIL import Image

from reference_impl import create_dataset, load_dataset
from reference_impl.wav import write_wav

SR = 8000
SIZE = (64, 1 + (SR - 2048) // 512)


def second(freq=0.0, amp=0.5):
    return amp * np.sin(2 * np.pi * freq * np.arange(SR) / SR)


@pytest.fixture
def recording(tmp_path):
    """Tone, silence, a tone 20 dB softer, silence, and a rest of 0.4 s."""
    path = tmp_path / "recording.wav"
    write_wav(path, np.concatenate([second(1000), second(), second(1000, 0.05), second(), second(500)[:3200]]), SR)
    return path


def save_grey(path, grey, size=(3, 2)):
    Image.fromarray(np.full(size, grey, np.uint8)).save(path)


# create_dataset


def test_each_whole_second_gives_an_image_with_its_label_in_the_name(recording, tmp_path):
    paths = create_dataset(recording, tmp_path / "new" / "data")
    names = ["second_0_label_1.png", "second_1_label_0.png", "second_2_label_1.png", "second_3_label_0.png"]
    assert paths == [tmp_path / "new" / "data" / name for name in names]
    assert sorted(p.name for p in (tmp_path / "new" / "data").iterdir()) == names


def test_a_recording_of_exactly_n_seconds_keeps_its_last_one(tmp_path):
    write_wav(tmp_path / "two.wav", np.concatenate([second(1000), second()]), SR)
    assert len(create_dataset(tmp_path / "two.wav", tmp_path / "data")) == 2


def test_digital_silence_is_black(recording, tmp_path):
    create_dataset(recording, tmp_path / "data")
    _, images, labels = load_dataset(tmp_path / "data")
    assert (images[labels == 0] == 0).all()
    assert (images[labels == 1].max(axis=(1, 2)) > 0.3).all()


def test_a_tone_20_db_softer_is_darker_by_a_quarter_of_the_range(recording, tmp_path):
    create_dataset(recording, tmp_path / "data")
    _, images, _ = load_dataset(tmp_path / "data")
    # 20 of 80 dB, within the rounding of 16-bit samples and of grey levels
    assert images[0].max() - images[2].max() == pytest.approx(0.25, abs=0.01)


def test_images_have_a_pixel_a_band_a_frame_and_one_channel(recording, tmp_path):
    for path in create_dataset(recording, tmp_path / "data"):
        with Image.open(path) as image:
            assert (image.mode, image.size) == ("L", SIZE[::-1])


def test_the_same_recording_gives_the_same_bytes(recording, tmp_path):
    first, again = create_dataset(recording, tmp_path / "a"), create_dataset(recording, tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]


# load_dataset


def test_data_are_the_images_flattened(recording, tmp_path):
    create_dataset(recording, tmp_path / "data")
    data, images, labels = load_dataset(tmp_path / "data")
    assert images.shape == (4, *SIZE)
    np.testing.assert_array_equal(data, images.reshape(4, -1))
    np.testing.assert_array_equal(labels, [1, 0, 1, 0])


def test_rows_follow_the_number_of_the_second(tmp_path):
    for second_i in (10, 2, 0, 9):
        save_grey(tmp_path / f"second_{second_i}_label_{second_i}.png", second_i)
    data, _, labels = load_dataset(tmp_path)
    np.testing.assert_array_equal(labels, [0, 2, 9, 10])
    np.testing.assert_allclose(255 * data[:, 0], labels, atol=1e-9)  # rounding of k / 255


def test_labels_come_from_the_name_wherever_the_folder_lies(tmp_path):
    folder = tmp_path / "second_5_label_9.png_copy"
    folder.mkdir()
    save_grey(folder / "second_0_label_3.png", 0)
    np.testing.assert_array_equal(load_dataset(folder)[2], [3])


def test_transparency_and_colour_channels_are_dropped(tmp_path):
    Image.fromarray(np.full((3, 2, 4), [51, 51, 51, 255], np.uint8)).save(tmp_path / "second_0_label_1.png")
    np.testing.assert_allclose(load_dataset(tmp_path)[1], np.full((1, 3, 2), 0.2))


# What is refused


@pytest.mark.parametrize("name", ["notes.txt", "second_0_label_1.jpg", "second_x_label_1.png", "copy of second_0_label_1.png", ".DS_Store"])
def test_another_file_in_the_folder_is_refused(tmp_path, name):
    save_grey(tmp_path / "second_3_label_1.png", 0)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ValueError, match="is not named second_"):
        load_dataset(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is empty; call create_dataset first"):
        load_dataset(tmp_path)


def test_two_images_of_one_second_are_refused(tmp_path):
    save_grey(tmp_path / "second_0_label_0.png", 0)
    save_grey(tmp_path / "second_0_label_1.png", 0)
    with pytest.raises(ValueError, match="are the same second"):
        load_dataset(tmp_path)


def test_images_of_two_sizes_are_refused(tmp_path):
    save_grey(tmp_path / "second_0_label_0.png", 0)
    save_grey(tmp_path / "second_1_label_1.png", 0, size=(4, 2))
    with pytest.raises(ValueError, match="must be equal"):
        load_dataset(tmp_path)


def test_a_recording_shorter_than_a_second_is_refused(tmp_path):
    write_wav(tmp_path / "short.wav", second(1000)[:-1], SR)
    with pytest.raises(ValueError, match="7999 samples at sr=8000 Hz are less than a second"):
        create_dataset(tmp_path / "short.wav", tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_rate_below_one_frame_a_second_is_refused(tmp_path):
    write_wav(tmp_path / "slow.wav", np.zeros(4000), 2000)
    with pytest.raises(ValueError, match="sr=2000 Hz must be at least 2048"):
        create_dataset(tmp_path / "slow.wav", tmp_path / "data")
