"""Units for the sample lesson."""


def seconds(samples, sr):
    """The duration of a number of samples."""
    return samples / sr
