"""The way of the tutorial that this course grew out of, written anew in Python 3: what it does, with its errors, is what we measure against.

A clip is a picture of 12 × 4 inches, and its pixels are the features: 400 × 1200 × 4 numbers, margin and transparency included. Images
come in the order in which the folder lists them. Signals are lists or arrays in [-1, 1], rates are Hz.
"""

import os
import pickle
import struct
import wave
from pathlib import Path

import librosa
import librosa.display
import matplotlib.pyplot as plt
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

AMPLITUDE = 16000  # of a full-scale tone in 16-bit steps
ANNOUNCED = 1  # seconds: what the header says before the first sample, whatever follows


def save_wav(path, y, sr):
    """Writes a signal one sample at a time. The header is put right after each, since it announced another length."""
    with wave.open(os.fspath(path), "wb") as file:
        file.setparams((1, 2, sr, ANNOUNCED * sr, "NONE", "not compressed"))
        for sample in y:
            file.writeframes(struct.pack("h", int(sample * AMPLITUDE)))


def create_dataset(wav_path, folder):
    """Draws a figure a second and saves it: sound in even seconds, silence in odd ones, each relative to its own loudest point."""
    y, sr = librosa.load(wav_path)
    os.makedirs(folder, exist_ok=True)

    for i in range(len(y) // sr):
        power = librosa.feature.melspectrogram(y=y[i * sr : (i + 1) * sr], sr=sr, n_mels=128)
        levels = librosa.power_to_db(power, ref=np.max)
        plt.figure(figsize=(12, 4))
        librosa.display.specshow(levels, sr=sr)
        plt.savefig(Path(folder, f"second_{i}_label_{1 - i % 2}.png"))


def load_dataset(folder):
    """All pixels of all images: (data, images, labels), rows in the order of the folder."""
    images, labels = [], []
    for name in os.listdir(folder):
        images.append(plt.imread(Path(folder, name)))
        labels.append(int(name.split("_")[3].split(".")[0]))

    images = np.array(images)
    return images.reshape(len(images), -1), images, np.array(labels)


def train_logistic_regression(data, labels, seed):
    """The model, and its accuracy on 30 % of the rows."""
    return _trained(LogisticRegression(), data, labels, seed)


def train_svm(data, labels, seed):
    """The same for its support vector machine; its γ is made for digits of 64 pixels."""
    return _trained(SVC(gamma=0.001), data, labels, seed)


def save_model(path, model):
    """Writes a model by pickle."""
    with open(path, "wb") as file:
        pickle.dump(model, file)


def _trained(model, data, labels, seed):
    x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.3, random_state=seed)
    model.fit(x_train, y_train)
    return model, model.score(x_test, y_test)
