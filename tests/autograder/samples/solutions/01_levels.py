# ---
# jupyter:
#   course:
#     title: Levels
#     given: [tones, units]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Levels
# A lesson for the tests of the autograder.

# %%
import numpy as np

from given.tones import tone

# %% [markdown]
# ## Gain

# %% exercise="gain"
def gain(y, factor):
    """Returns y times factor."""
    ### BEGIN SOLUTION
    return factor * np.asarray(y)
    ### END SOLUTION

# %% check="gain" points=2
assert gain([1.0], 3.0)[0] == 3.0, "gain([1.0], 3.0) should be [3.0]; multiply y by factor"

# %% [markdown]
# ## Peak

# %%
loud = tone(440.0, 8000)

# %% exercise="peak"
def peak(y):
    """Returns the largest magnitude of y."""
    ### BEGIN SOLUTION
    return np.max(np.abs(y))
    ### END SOLUTION

# %% check="peak" points=1.5
assert peak([1.0, -2.0]) == 2.0, "peak([1.0, -2.0]) should be 2.0; take the magnitude first"

# %%
try:
    print(peak(gain(loud, 0.5)))
except NotImplementedError:
    print("solve gain and peak, then run this cell again")

# %% [markdown] reflection="why_peak" points=2
# Why is the peak no measure of loudness?
#
# ### BEGIN SOLUTION
# One sample says nothing about the rest.
# ### END SOLUTION

# %% [markdown]
# Take-away: levels are ratios.
