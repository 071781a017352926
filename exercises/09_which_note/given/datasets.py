"""Data sets of spectrogram images. An image is (height, width) with low frequencies at the bottom; a data matrix has one row a clip.

Labels are whole numbers. A file `second_<i>_label_<k>.png` holds second i of a recording (counted from 0) and carries its label k.
"""

import re
from pathlib import Path

import numpy as np
from PIL import Image

from .spectrograms import MEL_N_FFT, mel_spectrogram, spectrogram_image
from .wav import read_wav

N_MELS = 64  # height of an image in pixels
FILE_NAME = re.compile(r"second_(\d+)_label_(\d+)\.png")


def create_dataset(wav_path, folder):
    """Draw each second of a recording in which sound and silence alternate, sound first.

    Parameters
    ----------
    wav_path : str or Path
        A 16-bit WAV file, at least one second long; an incomplete last second is dropped.
    folder : str or Path
        Where the images go; made if it is missing. Files of the same names are replaced.

    Returns
    -------
    list of Path
        The images in the order of time, folder / second_<i>_label_<k>.png: i counts from 0, and k is 1 (sound) for even i and
        0 (silence) for odd i. Each is the grey image `spectrogram_image(mel_spectrogram(y, sr, 64))` of its second, without axes
        or margin, on the fixed range of -80 to 0 dB re a full-scale sine.

    Raises
    ------
    ValueError
        If the recording is shorter than a second, or its rate too low for one frame of 2048 samples a second.

    Notes
    -----
    The original tutorial's `create_dataset`, whose every clip had its own 0 dB: there silence could look brighter than sound.

    Examples
    --------
    >>> import tempfile
    >>> from scipy.io import wavfile
    >>> tone = 16000 * np.sin(2 * np.pi * 1000 * np.arange(8000) / 8000)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wavfile.write(folder + "/recording.wav", 8000, np.append(tone, np.zeros(8000)).astype(np.int16))
    ...     [path.name for path in create_dataset(folder + "/recording.wav", folder + "/dataset")]
    ['second_0_label_1.png', 'second_1_label_0.png']
    """
    y, sr = read_wav(wav_path)
    if sr < MEL_N_FFT:
        raise ValueError(f"{wav_path}: sr={sr} Hz must be at least {MEL_N_FFT}, one frame a second; was the rate written in kHz?")
    if y.size < sr:
        raise ValueError(f"{wav_path}: {y.size} samples at sr={sr} Hz are less than a second; is the rate in the file the right one?")

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i in range(y.size // sr):
        image = spectrogram_image(mel_spectrogram(y[i * sr : (i + 1) * sr], sr, N_MELS))
        path = folder / f"second_{i}_label_{1 - i % 2}.png"
        Image.fromarray(image).save(path)
        paths.append(path)
    return paths


def load_dataset(folder):
    """Read a folder of spectrogram images as a data matrix.

    Parameters
    ----------
    folder : str or Path
        Holds images of one size, named second_<i>_label_<k>.png, and no other file; the order in which the folder lists them
        does not matter.

    Returns
    -------
    data : float array (n, height * width)
        The images flattened, one a row.
    images : float array (n, height, width)
        Grey values from 0 (black) to 1 (white), in the numeric order of i: second_10 follows second_9.
    labels : int array (n,)
        The labels, read from the names.

    Raises
    ------
    ValueError
        If the folder holds no image, another file, the same second twice, or images of different sizes.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ["second_10_label_1.png", "second_9_label_0.png"]:
    ...         Image.fromarray(np.full((4, 3), 51, dtype=np.uint8)).save(folder + "/" + name)
    ...     data, images, labels = load_dataset(folder)
    >>> data.shape, images.shape, labels
    ((2, 12), (2, 4, 3), array([0, 1]))
    """
    folder = Path(folder)
    found = {}  # second -> (label, path)
    for path in folder.iterdir():
        match = FILE_NAME.fullmatch(path.name)
        if match is None:
            raise ValueError(f"{path} is not named second_<i>_label_<k>.png; keep other files out of the data set, or remove this one")
        second, label = int(match[1]), int(match[2])
        if second in found:
            raise ValueError(f"{path} and {found[second][1].name} are the same second; are two data sets mixed in this folder?")
        found[second] = label, path
    if not found:
        raise ValueError(f"{folder} is empty; call create_dataset first")

    images = [_grey(found[second][1]) for second in sorted(found)]
    if len({image.shape for image in images}) > 1:
        sizes = sorted({image.shape for image in images})
        raise ValueError(f"{folder} holds images of sizes {sizes}; they must be equal: are two data sets mixed in this folder?")

    images = np.stack(images)
    labels = np.array([found[second][0] for second in sorted(found)])
    return images.reshape(len(images), -1), images, labels


def _grey(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("L")) / 255.0  # "L" is grey: colours and transparency go
