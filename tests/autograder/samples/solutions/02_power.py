# ---
# jupyter:
#   course:
#     title: Power
#     given: []
# ---

# %% [markdown]
# # Power

# %% exercise="power"
def power(y):
    """Returns the mean square of y."""
    ### BEGIN SOLUTION
    return sum(v * v for v in y) / len(y)
    ### END SOLUTION

# %% check="power" points=1
assert power([2.0, 2.0]) == 4.0, "power([2.0, 2.0]) should be 4.0"
