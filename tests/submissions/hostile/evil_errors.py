"""Raises what is hard to catch and harder to print."""
NAMES = ("time_axis", "sine", "periods_and_samples", "tone_then_silence", "tone_sequence", "add_fades", "mix")

class Evil(BaseException):
    def __str__(self): raise self
    __repr__ = __str__
    def __getattribute__(self, name): raise KeyboardInterrupt

def evil(*a, **k):
    raise Evil()

for name in NAMES:
    globals()[name] = evil
