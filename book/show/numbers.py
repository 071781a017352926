"""Numbers of the prose. What a cell has computed is kept under a name, and the text says {glue:text}`name:.2f`."""

import numpy as np
from myst_nb import glue


def say(**values):
    """Keep numbers for the prose of the chapter.

    Parameters
    ----------
    values : number, bool or str
        The names are those of the chapter's {glue:text} roles.

    Raises
    ------
    ValueError
        If a value is an array of more than one number.
    """
    for name, value in values.items():
        if np.ndim(value) != 0:
            raise ValueError(f"{name} has shape {np.shape(value)}; the prose says one number: which of them is meant?")

        # The role reads the number's printed form, and "np.float64(0.5)" is none.
        glue(name, value.item() if isinstance(value, np.generic) else value, display=False)
