"""What the instruments with a model or a microphone must not get wrong: a model that depends on the machine, a clip out of reach, a microphone left open."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from threadpoolctl import threadpool_limits

pytestmark = pytest.mark.xdist_group("book")
PAGES = {"boundary_lab": "07_silence_or_sound", "spectrogram_lab": "04_spectrogram", "note_recogniser": "09_which_note"}


@pytest.fixture
def note_model(extension):
    return extension("note_model")


@pytest.fixture
def build(note_model, tmp_path):
    """``build()`` writes the model as a build of the pages does, and returns its bytes."""
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=str(tmp_path / "html"))

    def write():
        note_model.write(app, None)
        return (tmp_path / "html" / "_static" / "instruments" / "note_model.json").read_bytes()
    return write


@pytest.fixture
def shown(page, site):
    """``shown(name)`` opens an instrument. The microphone is silence, given half a second after it was asked for; its tracks are kept in window.tracks."""
    def show(name):
        page.do(lambda p: p.add_init_script("""
            window.tracks = [];
            navigator.mediaDevices.getUserMedia = async () => {
                await new Promise((resolve) => setTimeout(resolve, 500));
                const { stream } = new AudioContext().createMediaStreamDestination();
                tracks.push(...stream.getTracks());
                return stream;
            };
        """))
        page.open(f"{site}/{PAGES[name]}.html")
        page.do(lambda p: p.locator(f"#{name}").scroll_into_view_if_needed())
        page.do(lambda p: p.wait_for_selector(f"#{name}[data-ready]", timeout=15_000))
        return page
    return show


def press(page, text):
    """Presses the button that begins with this text, by keyboard."""
    def act(p):
        p.get_by_role("button", name=re.compile(f"^{text}")).first.focus()
        p.keyboard.press("Enter")
    page.do(act)


def wait(page, ms):
    page.do(lambda p: p.wait_for_timeout(ms))


@pytest.mark.parametrize("threads", [2, 4])
def test_the_model_does_not_depend_on_the_number_of_threads(note_model, threads):
    with threadpool_limits(threads):
        again = note_model.as_numbers(note_model.train())
    with threadpool_limits(1):
        assert again == note_model.as_numbers(note_model.train())


def test_the_model_is_small(build):
    assert 10_000 < len(build()) <= 120_000


def test_an_unchanged_rebuild_does_not_train(note_model, build, monkeypatch):
    first = build()
    monkeypatch.setattr(note_model, "train", lambda: pytest.fail("it trains again"))
    assert build() == first


def test_changed_code_trains_anew(note_model, build, monkeypatch):
    build()
    monkeypatch.setattr(note_model, "fingerprint", lambda: "another")
    monkeypatch.setattr(note_model, "as_numbers", lambda pipeline: {})
    assert build() == b"{}\n"


def test_a_training_that_is_broken_off_leaves_no_model(note_model, build, monkeypatch, tmp_path):
    with monkeypatch.context() as broken:
        broken.setattr(note_model, "as_numbers", lambda pipeline: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build()
    assert list((tmp_path / ".note_model").glob("*.json")) == [] and len(build()) > 10_000


def test_clips_that_were_added_can_be_chosen_again(shown):
    page = shown("boundary_lab")
    press(page, "Add noise")

    def choose(p):
        p.get_by_label("Chosen clip", exact=True).focus()
        p.keyboard.press("Home")
        p.keyboard.press("End")
        p.wait_for_timeout(600)  # until the words are said
        return p.locator("#boundary_lab .instrument-words").inner_text()
    assert "Chosen is clip 13, noise, at −30 dB and 0.70" in page.do(choose)


def test_a_chosen_clip_is_moved_by_arrow_keys(shown):
    page = shown("boundary_lab")

    def move(p):
        for control, key in (("Chosen clip", "ArrowRight"), ("Its level", "ArrowLeft"), ("Its flatness", "ArrowRight")):
            p.get_by_label(control, exact=True).first.focus()
            p.keyboard.press(key)
        p.wait_for_timeout(600)
        return p.locator("#boundary_lab .instrument-words").inner_text()
    assert "Chosen is clip 2, a tone, at −21 dB and 0.24" in page.do(move)


@pytest.mark.parametrize("lab", ["spectrogram_lab", "note_recogniser"])
def test_a_microphone_is_closed_by_a_second_press_while_the_reader_is_asked(shown, lab):
    page = shown(lab)
    press(page, "Listen to the microphone")
    press(page, "(Listen to the microphone|Stop listening)")
    wait(page, 1500)
    press(page, "(Another melody|Draw the melody)")
    wait(page, 300)
    states = page.evaluate("tracks.map((track) => track.readyState)")
    assert states and set(states) == {"ended"}
    assert page.complaints == []


@pytest.mark.parametrize(("lab", "instead"), [("spectrogram_lab", "Draw the melody"), ("note_recogniser", "Another melody")])
def test_a_microphone_that_comes_too_late_changes_nothing(shown, lab, instead):
    page = shown(lab)
    press(page, "Listen to the microphone")
    press(page, instead)
    wait(page, 1500)
    assert "melody" in page.evaluate(f"document.querySelector('#{lab} canvas').getAttribute('aria-label')")
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]


@pytest.mark.parametrize("lab", ["spectrogram_lab", "note_recogniser"])
def test_a_microphone_is_closed_when_listening_stops(shown, lab):
    page = shown(lab)
    press(page, "Listen to the microphone")
    wait(page, 1500)
    assert "of the microphone" in page.evaluate(f"document.querySelector('#{lab} canvas').getAttribute('aria-label')")
    press(page, "Stop listening")
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    assert page.complaints == []


def test_in_silence_there_is_no_note(shown):
    page = shown("note_recogniser")
    press(page, "Listen to the microphone")
    wait(page, 1500)
    assert "Heard: no note." in page.evaluate("document.querySelector('#note_recogniser canvas').getAttribute('aria-label')")
