"""Prediction from files: what a saved model says about a recording. Times are seconds, `sr` is in Hz, 1 is full scale."""

import json
import os
import pickle
from math import gcd
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from .features import features_chroma
from .wav import read_wav

SHORTEST = 0.1  # seconds
SILENCE_RMS = 0.001  # -60 dB re 1


def predict_file(model_path, wav_path):
    """Name the note in a WAV file, as a saved model of chroma hears it.

    Parameters
    ----------
    model_path : str or Path
        A model as save_model writes it, and your own: it is unpickled. Its card, at model_path + ".json", has the sampling rate `sr`
        of the training clips; the model predicts texts from rows of features_chroma at this rate.
    wav_path : str or Path
        A 16-bit recording of any rate and number of channels, at least 0.1 s long; the mean of its channels counts.

    Returns
    -------
    str
        "silence" where the rms is below 0.001, else the model's label for the recording, resampled to the card's sr.

    Raises
    ------
    FileNotFoundError
        If a file is missing.
    ValueError
        If the recording is shorter than 0.1 s, or read_wav refuses it.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.dummy import DummyClassifier
    >>> from .saving import save_model
    >>> from .wav import write_wav
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     model, card = DummyClassifier().fit(np.eye(12), ["C"] * 12), {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1}
    ...     _ = save_model(folder + "/model.p", model, card)
    ...     write_wav(folder + "/clip.wav", np.full(8000, 0.1), 8000)
    ...     predict_file(folder + "/model.p", folder + "/clip.wav")
    'C'
    """
    card = json.loads(Path(os.fspath(model_path) + ".json").read_text(encoding="utf-8"))
    model = pickle.loads(Path(model_path).read_bytes())
    y, sr = read_wav(wav_path)
    if y.size < SHORTEST * sr:
        raise ValueError(f"wav_path={os.fspath(wav_path)!r} is {y.size / sr:.3g} s long; a note needs at least {SHORTEST} s: was it cut off?")

    if np.sqrt(np.mean(y**2)) < SILENCE_RMS:
        return "silence"

    common = gcd(sr, card["sr"])
    y = resample_poly(y, card["sr"] // common, sr // common)
    return str(model.predict(features_chroma(y, card["sr"])[np.newaxis])[0])
