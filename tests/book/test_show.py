"""What chapters show: nothing without its words, nothing loud, nothing that differs from build to build."""

import base64
import io
import re
import warnings

import matplotlib
import numpy as np
import pytest
import soundfile
from bs4 import BeautifulSoup

ALT = "A line rises from 0 to 3 between the times 0 and 3 seconds: a message and its numbers."


@pytest.fixture
def shown(book_on_path, monkeypatch):
    """The modules of `show`, and what they display, as parsed HTML."""
    import show
    from show import figures, questions, sounds

    results = []
    for module in (figures, questions, sounds):
        monkeypatch.setattr(module, "display", lambda thing: results.append(BeautifulSoup(thing.data, "html.parser")))
    monkeypatch.setattr(matplotlib, "rcParams", matplotlib.rcParams.copy())
    return show, results


def plot(show):
    drawing, axes = show.draw()
    axes.plot([0, 3], [0, 3], "o-", color=show.COLOURS["first"])
    axes.set_title("a title")
    return drawing


def test_a_figure_is_an_image_with_its_text(shown):
    show, results = shown
    show.figure(plot(show), ALT, "A caption.")

    svg = results[0].find("svg")
    assert svg["role"] == "img" and svg["aria-label"] == ALT
    assert results[0].figcaption.text == "A caption."


@pytest.mark.parametrize(("alt", "caption"), [("A line.", "A caption."), ("A line that rises and rises and rises, without a word about how far.", "A caption."), (ALT, "")])
def test_a_figure_without_its_words_is_refused(shown, alt, caption):
    show, results = shown
    with pytest.raises(ValueError, match="alt|caption"):
        show.figure(plot(show), alt, caption)
    assert not results


def test_quotes_in_an_alt_text_do_not_end_it(shown):
    show, results = shown
    alt = ALT + ' It is called "the line" & <more>.'
    show.figure(plot(show), alt, "A caption.")
    assert results[0].find("svg")["aria-label"] == alt


def test_a_backslash_in_an_alt_text_is_a_backslash(shown):
    show, results = shown
    show.figure(plot(show), ALT + r" C:\1", "A caption.")
    assert results[0].find("svg")["aria-label"] == ALT + r" C:\1"


def test_two_figures_share_no_name(shown):
    show, results = shown
    for _ in range(2):
        show.figure(plot(show), ALT, "A caption.")

    names = [[element["id"] for element in result.find_all(id=True)] for result in results]
    assert names[0] and not set(names[0]) & set(names[1])
    for result, own in zip(results, names, strict=True):
        used = re.findall(r"(?:href=\"|url\()#([^\")]+)", str(result))
        assert used and set(used) <= set(own)


def test_the_same_figure_gives_the_same_bytes(shown):
    show, results = shown
    for _ in range(2):
        show.figure(plot(show), ALT, "A caption.")
    first, second = (re.sub(r"figure-\d+", "figure", str(result)) for result in results)
    assert first == second


def test_a_figure_takes_its_colours_from_the_theme(shown):
    show, results = shown
    show.figure(plot(show), ALT, "A caption.")
    bare = re.findall(r"(?<!, )#[0-9a-f]{6}\b", str(results[0].find("svg")))
    assert f"var(--drawing-first, {show.COLOURS['first']})" in str(results[0]) and not bare


def test_a_figure_styles_nothing_but_itself(shown):
    show, results = shown
    show.figure(plot(show), ALT, "A caption.")
    assert not results[0].find_all(["style", "metadata", "script"])


def test_a_sound_is_what_was_handed_over(shown):
    show, results = shown
    y = 0.2 * np.sin(np.arange(800) / 5) * np.hanning(800)
    show.sound(y, 8000, "A short low tone.")

    player = results[0].audio
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        decoded, sr = soundfile.read(io.BytesIO(base64.b64decode(player["src"].partition(",")[2])))
    assert sr == 8000 and np.abs(decoded - y).max() < 1e-4  # 16 bits: half a step is 1.5e-5, 32767 for 32768 another 6e-6
    assert player.has_attr("controls") and player["preload"] == "none" and player["aria-label"] == "Sound, 0.10 seconds"
    assert results[0].figcaption.text == "A short low tone. (0.10 s)"


@pytest.mark.parametrize(("y", "heard", "said"), [
    (np.array([0.0, 0.3, 0.0]), "A tick.", "peaks at 0.30"),
    (np.array([0.1, 0.2, 0.0]), "A tick.", "begins or ends at 0.10"),
    (np.array([0.0, 0.2, -0.1]), "A tick.", "begins or ends at 0.10"),
    (np.zeros(80001), "Nothing.", "lasts 10.0 s"),
    (np.zeros(8), "nothing", "must be a sentence"),
])
def test_a_sound_that_may_hurt_or_has_no_words_is_refused(shown, y, heard, said):
    show, results = shown
    with pytest.raises(ValueError, match=said):
        show.sound(y, 8000, heard)
    assert not results


def test_each_choice_unfolds_to_its_own_feedback(shown):
    show, results = shown
    show.ask("Is 3 < 4?", [("Yes & always", True, "It is."), ("No", False, "That is 4 < 3.")])

    question = results[0].find(role="group")
    asked = question.find(id=question["aria-labelledby"])
    assert re.fullmatch(r"Question \d+ Is 3 < 4\?", asked.text)
    assert [(choice.summary.text, choice.p.text) for choice in question.find_all("details")] == [
        ("Yes & always", "Right. It is."), ("No", "Not this one. That is 4 < 3.")]


@pytest.mark.parametrize(("choices", "said"), [
    ([("Yes", True, "It is.")], "two or more"),
    ([("Yes", True, "It is."), ("No", True, "It is.")], "2 right choices"),
    ([("Yes", False, "It is."), ("No", False, "It is.")], "0 right choices"),
    ([("Yes", True, "It is."), ("No", False, "")], "no feedback"),
])
def test_a_question_that_teaches_nothing_is_refused(shown, choices, said):
    show, results = shown
    with pytest.raises(ValueError, match=said):
        show.ask("Is it?", choices)
    assert not results


@pytest.mark.parametrize(("value", "printed"), [(np.float64(0.5), "0.5"), (np.int64(3), "3"), (True, "True"), ("word", "'word'")])
def test_a_number_is_kept_in_the_form_that_the_prose_reads(book_on_path, monkeypatch, value, printed):
    from show import numbers

    kept = {}
    monkeypatch.setattr(numbers, "glue", lambda name, value, display: kept.update({name: repr(value)}))
    numbers.say(x=value)
    assert kept == {"x": printed}


def test_an_array_is_no_number(book_on_path):
    from show import say

    with pytest.raises(ValueError, match=r"level has shape \(2,\)"):
        say(level=np.zeros(2))
