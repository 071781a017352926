"""Ignores every signal it can and loops."""
import signal
NAMES = ("time_axis", "sine", "periods_and_samples", "tone_then_silence", "tone_sequence", "add_fades", "mix")

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass

def stuck(*a, **k):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

for name in NAMES:
    globals()[name] = stuck
