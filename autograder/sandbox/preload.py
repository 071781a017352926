"""What the warm process knows before it forks: the scientific libraries, imported and compiled once.

librosa's numba functions are called here: 0.01 s in a fork instead of seconds of compiling, or an error where the cache's
folder cannot be written. ``python -m autograder.sandbox.preload`` fills numba's cache and matplotlib's when the environment is made.
"""

import importlib
import os

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
LIBRARIES = (
    "numpy", "wave", "struct", "pickle", "json", "hashlib", "pickletools", "random", "fractions", "tempfile", "subprocess",
    "scipy.signal", "scipy.io.wavfile", "scipy.fft", "scipy.stats", "scipy.optimize", "scipy.ndimage", "scipy.special", "scipy.spatial.distance",
    "sklearn.linear_model", "sklearn.svm", "sklearn.model_selection", "sklearn.preprocessing", "sklearn.pipeline", "sklearn.neighbors",
    "sklearn.metrics", "sklearn.dummy", "sklearn.decomposition", "sklearn.base", "sklearn.ensemble", "sklearn.tree",
    "matplotlib.pyplot", "matplotlib.image", "PIL.Image", "PIL.PngImagePlugin", "joblib", "soundfile",
    "librosa", "librosa.feature", "librosa.display", "librosa.effects", "librosa.onset", "librosa.util", "librosa.filters",
    "IPython.display",
)


def set_threads(environ=os.environ) -> None:
    """One thread a process, before numpy is imported: the pool works on whole submissions side by side."""
    environ.update(dict.fromkeys(THREADS, "1"))


def preload() -> None:
    """Imports the libraries and runs what compiles at first use."""
    for name in LIBRARIES:
        importlib.import_module(name)
    import librosa
    import numpy as np
    noise = np.random.default_rng(0).standard_normal(8192)
    librosa.feature.melspectrogram(y=noise, sr=22050)
    librosa.feature.chroma_stft(y=noise, sr=22050)
    librosa.feature.spectral_centroid(y=noise, sr=22050)
    librosa.feature.zero_crossing_rate(y=noise)
    librosa.onset.onset_detect(y=noise, sr=22050)
    librosa.yin(noise, fmin=100, fmax=1000)
    librosa.resample(noise, orig_sr=22050, target_sr=8000)
    librosa.effects.split(noise)


if __name__ == "__main__":
    set_threads()
    preload()
