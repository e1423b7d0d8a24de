"""The command line through real processes: what it writes where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))
ARTICLE = "Harga beras naik 10 persen.\n\nPresiden tiba di Jakarta. Menteri menunggu.\n"
CONTROLS = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def environment(**extra: str) -> dict[str, str]:
    mine = {k: v for k, v in os.environ.items() if not k.startswith("TRANSLATE_KIT_")}
    return {**mine, **CONTROLS, **extra}


def run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **extra: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "translate_kit", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd or ROOT,
        env=environment(**extra),
        check=False,
        timeout=120,
    )


def on_terminal(*arguments: str | Path) -> tuple[int, str]:
    """Run with standard output and error on a terminal of 100 columns."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "translate_kit", *map(str, arguments)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=ROOT,
        env=environment(COLUMNS="100", TERM="xterm-256color"),
    )
    os.close(slave)
    told = b""
    try:
        while chunk := os.read(master, 65536):
            told += chunk
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(master)
    return child.wait(timeout=60), told.decode()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def fails(done: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
    """Check the exit code and that one line on standard error says why; nothing was output."""
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert message.count("\n") == 1, message
    assert message.startswith("translate-kit: ")
    assert "Traceback" not in message
    assert done.stdout == b""
    for word in words:
        assert word in message


# translate


def test_a_pipe_gets_the_translation_alone_a_paragraph_a_line(article: Path) -> None:
    done = run("translate", stdin=article.read_bytes())
    assert done.returncode == 0
    assert done.stderr == b"", "nobody watches"
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 2
    assert "10" in lines[0]
    assert "Jakarta" in lines[1]
    assert run("translate", article).stdout == done.stdout


def test_the_same_command_gives_the_same_bytes(article: Path) -> None:
    first, second = (run("translate", article, "--to", "jsonl").stdout for _ in range(2))
    assert first == second


def test_a_file_is_written_in_the_format_of_its_suffix(article: Path, tmp_path: Path) -> None:
    for suffix in ("html", "md", "tmx", "jsonl", "tsv", "txt"):
        path = tmp_path / f"out.{suffix}"
        done = run("translate", article, "-o", path)
        assert (done.returncode, done.stdout) == (0, b"")
        assert "Jakarta" in path.read_text(encoding="utf-8")


def test_several_formats_go_to_a_folder(article: Path, tmp_path: Path) -> None:
    done = run("translate", article, "-o", tmp_path / "out", "--to", "md", "--to", "tmx", "-v")
    assert done.returncode == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["artikel.md", "artikel.tmx"]
    told = done.stderr.decode()
    assert "3 sentences, 11 words" in told
    assert "words/s" in told
    assert "artikel.tmx" in told


def test_files_of_one_name_do_not_overwrite_each_other(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain" / "artikel.txt"
    other.parent.mkdir()
    other.write_text("Pasar sepi.", encoding="utf-8")
    done = run("translate", article, other, "-o", tmp_path / "out", "--to", "text")
    assert done.returncode == 0
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == ["artikel-2.txt", "artikel.txt"]


def test_one_bad_file_does_not_end_the_run(article: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(bytes(range(256)))
    done = run("translate", bad, article, tmp_path / "none.txt", "--to", "text")
    assert done.returncode == 1
    assert "Jakarta" in done.stdout.decode()
    told = done.stderr.decode()
    assert "bad.txt" in told
    assert "none.txt" in told
    assert "2 of 3 inputs failed" in told
    assert "Traceback" not in told


def test_a_terminal_shows_both_sides_and_a_summary(article: Path) -> None:
    code, told = on_terminal("translate", article)
    assert code == 0
    assert "Harga beras naik 10 persen." in told
    assert "Jakarta" in told
    assert "3 sentences, 11 words in" in told
    assert "mean quality" in told
    assert "\x1b[" in told, "in colour"


def test_a_quiet_terminal_shows_no_summary(article: Path) -> None:
    code, told = on_terminal("translate", "-q", article)
    assert code == 0
    assert "words/s" not in told


def test_an_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Harga [bold]naik[/bold] \x1b]0;title\x07 di Jakarta.\n", encoding="utf-8")
    code, told = on_terminal("translate", path)
    assert code == 0
    assert "[bold]" in told
    assert "\x1b]0;title" not in told


def test_options_can_be_set_in_the_environment(article: Path) -> None:
    done = run("translate", article, TRANSLATE_KIT_TRANSLATE_TO="jsonl")
    assert json.loads(done.stdout.splitlines()[0])["translate_kit"] == 1
    done = run("models", "list", TRANSLATE_KIT_MODELS_LIST_JSON="1")
    assert json.loads(done.stdout.splitlines()[0])["name"]


def test_the_users_article_through_a_pipe_to_tmx() -> None:
    jsonl = run("translate", SEED, "--to", "jsonl")
    tmx = run("convert", "--from", "jsonl", "--to", "tmx", stdin=jsonl.stdout)
    assert tmx.returncode == 0, tmx.stderr
    units = ET.fromstring(tmx.stdout).findall("body/tu")  # noqa: S314 (our own output)
    assert len(units) == len(jsonl.stdout.splitlines()) - 1


# articles in other formats

ARTICLES = ROOT / "tests" / "cases" / "formats" / "articles"


@pytest.mark.parametrize("suffix", ["md", "html", "srt", "vtt", "jsonl"])
def test_only_text_of_an_article_is_in_the_format_of_the_article(suffix: str) -> None:
    (article,) = [path for path in ARTICLES.iterdir() if path.suffix == f".{suffix}"]
    done = run("translate", article, "--only-text")
    assert done.returncode == 0, done.stderr
    told = done.stdout.decode()
    sign = {
        "md": '```python\n# cetak harga\nprint(harga["beras"])\n```',
        "html": '<html lang="en">',
        "srt": "00:00:07,250 --> 00:00:09,000\n- Is",
        "vtt": "WEBVTT - Wawancara\n",
        "jsonl": '"author": "Sri Wahyuni", "tags": ["ekonomi", "pangan"]',
    }[suffix]
    assert sign in told
    assert "10 persen" not in told
    named = run("translate", "--from", suffix, "--only-text", stdin=article.read_bytes())
    assert named.stdout == done.stdout


def test_code_is_not_translated_in_bilingual_files_either() -> None:
    article = "Jalankan `buka pintu_air` di terminal setiap pagi.\n"
    done = run("translate", "--from", "md", "--to", "jsonl", stdin=article.encode())
    bead = json.loads(done.stdout.splitlines()[1])
    assert "buka pintu_air" in bead["target"]


def test_only_text_of_text_is_text(article: Path, tmp_path: Path) -> None:
    plain = run("translate", article, "--only-text")
    assert plain.stdout == run("translate", article).stdout
    out = tmp_path / "out.txt"
    assert run("translate", ARTICLES / "beras.md", "--only-text", "-o", out).returncode == 0
    assert "```" not in out.read_text(encoding="utf-8")


def test_only_text_goes_to_files_of_the_format(tmp_path: Path) -> None:
    names = [ARTICLES / "beras.md", ARTICLES / "wawancara.srt", ARTICLES / "pasar.epub"]
    done = run("translate", *names, "--only-text", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert found == ["beras.md", "pasar.epub", "wawancara.srt"]
    fails(run("translate", names[0], "--only-text", "-o", tmp_path / "a.html"), 2, ".md", "-o")
    fails(run("translate", *names[1:], "--only-text"), 2, "folder")


def test_articles_of_a_feed_are_bilingual_documents(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("translate", ARTICLES / "umpan.jsonl", "-o", out).returncode == 0
    headers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    headers = [header for header in headers if "translate_kit" in header]
    assert [header["source"]["name"].partition("#")[2] for header in headers] == ["kc-101", "102"]
    fails(run("align", ARTICLES / "umpan.jsonl", ARTICLES / "beras.md"), 2, "2 articles")
    fails(run("translate", out), 4, "bilingual file")


def test_segment_reads_articles_in_any_format() -> None:
    done = run("segment", ARTICLES / "beras.html", ARTICLES / "umpan.jsonl")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "Harga Beras Naik 10 Persen, Pedagang Mengeluh"
    assert lines[-2:] == ["", "Presiden tiba di Surabaya pada Kamis sore."]
    assert "kuki" not in done.stdout.decode()


def test_subtitles_need_times(article: Path) -> None:
    fails(run("translate", article, "--to", "srt"), 2, "no times", "--to")


# errors


def test_noise_is_no_text() -> None:
    noise = random.Random(5).randbytes(100_000)
    fails(run("translate", stdin=noise), 4, "is no text")


@pytest.mark.parametrize("text", [b"", b" \n\t\n"])
def test_nothing_to_translate(text: bytes) -> None:
    fails(run("translate", stdin=text), 4, "standard input")


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Harga café naik “tajam”.".encode("windows-1252"))
    fails(run("translate", path), 4, "latin.txt", "--encoding")
    done = run("translate", path, "--encoding", "windows-1252")
    assert done.returncode == 0


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    fails(run("translate", tmp_path / "none.txt"), 4, "none.txt")
    fails(run("translate", tmp_path), 4, str(tmp_path))


def test_no_such_model_and_a_broken_one(article: Path, tmp_path: Path) -> None:
    fails(run("translate", article, "-m", "nonsense"), 3, "models list")
    broken = tmp_path / "models" / "broken"
    shutil.copytree(ROOT / "models" / "id-en", broken)
    with (broken / "model.bin").open("r+b") as weights:
        weights.seek(5000)
        weights.write(b"damage")
    fails(run("translate", article, "-m", broken), 3, "model.bin")
    fails(run("models", "verify", broken), 3, "model.bin")
    fails(run("translate", article, "-m", "id-en", "-d", "en-id"), 3, "translates id-en, not en-id")


def test_english_into_indonesian_offline() -> None:
    done = run(
        "translate", "-d", "en-id", stdin=b"The president arrived in Jakarta on October 7.\n"
    )
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "Presiden" in text
    assert "7 Oktober" in text


def test_usage_errors_are_one_line(article: Path, tmp_path: Path) -> None:
    fails(run("translate", article, "--to", "docx2"), 2, "docx2", "--help")
    fails(run("translate", article, "-o", tmp_path / "a.xyz"), 2, ".xyz", "--to")
    fails(run("translate", article, "--to", "md", "--to", "tmx"), 2, "-o")
    fails(run("translate", article, "-o", article, "--to", "text"), 2, "is the input")
    fails(run("translate", "-d", "id-fr", article), 2, "id-fr")
    fails(run("nonsense"), 2, "nonsense")


def test_an_output_that_cannot_be_written(article: Path, tmp_path: Path) -> None:
    fails(run("translate", article, "-o", tmp_path / "none" / "a.html"), 1, "a.html")
    blocked = tmp_path / "file"
    blocked.write_text("x")
    done = run("translate", article, "-o", blocked / "out", "--to", "md", "--to", "tmx")
    fails(done, 1, "folder")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_standard_output(article: Path, unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "translate_kit", "translate", str(article)],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(PYTHONUNBUFFERED=unbuffered),
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_one_line(tmp_path: Path, unbuffered: str) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n".join(f"Harga {n} naik." for n in range(4000)), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "translate_kit", "segment", "--json", str(long)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.read(10)
    child.stdout.close()
    told = child.stderr.read()
    child.stderr.close()
    assert child.wait(timeout=60) == 1
    assert told.count(b"\n") == 1
    assert b"closed" in told
    assert b"Traceback" not in told


def test_an_interrupted_run_leaves_no_file(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(
        "\n".join(f"Presiden nomor {n} tiba di Jakarta." for n in range(20_000)), encoding="utf-8"
    )
    out = tmp_path / "out"
    out.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-m", "translate_kit", "translate", str(long), "-o", str(out / "a.html")],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    )
    time.sleep(3)
    child.send_signal(signal.SIGINT)
    begin = time.monotonic()
    _, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert told.count(b"\n") == 1
    assert b"interrupted" in told
    assert time.monotonic() - begin < 10
    left = [path.name for path in out.iterdir()]
    assert all(name.startswith(".a.html.translate-kit.journal") for name in left), "to go on with"


# the other verbs


def test_a_corrected_file_is_a_memory(article: Path, tmp_path: Path) -> None:
    bitext, fixed = tmp_path / "a.tmx", tmp_path / "fixed.tmx"
    assert run("translate", article, "-o", bitext).returncode == 0
    rows = [json.loads(line) for line in run("convert", bitext).stdout.splitlines()][1:]
    text = bitext.read_text(encoding="utf-8").replace(
        rows[0]["target"], "Rice is dearer by 10 percent."
    )
    fixed.write_text(text, encoding="utf-8")
    done = run("translate", article, "--memory", fixed, "--to", "jsonl")
    again = [json.loads(line) for line in done.stdout.splitlines()][1:]
    assert (again[0]["target"], again[0]["origin"]) == ("Rice is dearer by 10 percent.", "memory")
    assert [row["origin"] for row in again[1:]] == ["model", "model"]


def test_segment_writes_a_sentence_a_line(article: Path) -> None:
    done = run("segment", article)
    assert done.stdout.decode() == (
        "Harga beras naik 10 persen.\n\nPresiden tiba di Jakarta.\nMenteri menunggu.\n"
    )


def test_segment_json_counts_characters_of_the_input(article: Path) -> None:
    rows = [json.loads(line) for line in run("segment", "--json", article).stdout.splitlines()]
    assert [ARTICLE[row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows]
    assert [row["block"] for row in rows] == [0, 1, 1]


def test_segment_explains_every_candidate(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Judul\n\nMenurut Dr. Sri, harga Rp1.400,50 naik. Benar.\n", encoding="utf-8")
    rows = [
        line.split("\t") for line in run("segment", "--explain", path).stdout.decode().splitlines()
    ]
    assert [(row[1], row[2]) for row in rows] == [
        ("join", "name_follows"),
        ("join", "number"),
        ("split", "full_stop"),
    ]
    text = path.read_text(encoding="utf-8")
    assert text[int(rows[-1][0]) :] == "Benar.\n", "offsets are of the whole input"
    objects = run("segment", "--explain", "--json", path).stdout.splitlines()
    assert json.loads(objects[-1])["boundary"] is True


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="measures with wait4")
def test_segment_reads_a_large_text_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("Harga beras naik 10 persen. Pasar sepi.\n\n" * 100_000, encoding="utf-8")
    peaks = []
    for name in (SEED, path):
        child = subprocess.Popen(
            [sys.executable, "-m", "translate_kit", "segment", "--json", str(name)],
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        assert status == 0
        peaks.append(usage.ru_maxrss)
    assert peaks[1] < peaks[0] + 20_000, "4 MB of text cost no more than 20 MB"


def test_segment_of_the_users_article_loses_nothing() -> None:
    text = SEED.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in run("segment", "--json", SEED).stdout.splitlines()]
    assert "".join("".join(row["text"].split()) for row in rows) == "".join(text.split())


def test_align_and_estimate_and_convert(article: Path, tmp_path: Path) -> None:
    english = tmp_path / "article.txt"
    english.write_text(
        "Rice prices rose by 10 percent.\n\nThe president arrived in Jakarta. The minister waited.",
        encoding="utf-8",
    )
    bitext = tmp_path / "both.jsonl"
    assert run("align", article, english, "-o", bitext).returncode == 0
    estimated = run("estimate", bitext)
    beads = [json.loads(line) for line in estimated.stdout.splitlines()][1:]
    assert beads[0]["target"] == "Rice prices rose by 10 percent."
    assert all(0 <= bead["quality"]["score"] <= 1 for bead in beads)
    fails(run("estimate", bitext, "-o", tmp_path / "e.jsonl", "--fail-under", "1"), 5, "mean")
    assert run("convert", bitext, "--to", "tsv").stdout.decode().count("\n") == 4


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    file = tmp_path / "pair.tsv"
    rows = [
        "source\ttarget",
        "Sedikitnya 1.400 orang tewas di Gaza.\tAt least 1,200 people were killed in Gaza.",
        "Presiden tiba di Jakarta.\tThe president arrived in\u202e\x1b[31m Jakarta.",
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("mode", [[], ["--fast"]])
def test_explain_says_what_moved_each_score(pair: Path, mode: list[str]) -> None:
    told = run("estimate", pair, "--explain", *mode).stdout.decode()
    first, second = told.strip().split("\n\n")
    assert "issue   number: “1.400” became “1,200”" in first
    assert "number disagreement 1 (typical 0)" in first
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert second.splitlines()[1] == "  source  Presiden tiba di Jakarta."


def test_explain_in_json_holds_every_signal(pair: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    done = run("estimate", pair, "--explain", "--json", "-o", file)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    beads = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()][1:]
    assert len(records) == len(beads) == 2
    for record, bead in zip(records, beads, strict=True):
        assert record["score"] == bead["quality"]["score"]
        signals = {signal["name"]: signal["value"] for signal in record["signals"]}
        assert signals == bead["quality"]["signals"]
    fails(run("estimate", pair, "--json"), 2, "--explain")


def test_fast_goes_by_the_texts_alone(pair: Path) -> None:
    fast, asked = (
        json.loads(run("estimate", pair, *mode).stdout.splitlines()[1])["quality"]["signals"]
        for mode in (["--fast"], [])
    )
    assert "reference_agreement" in asked
    assert "reference_agreement" not in fast


def test_a_direction_not_calibrated_for_others_is_estimated_by_the_texts(tmp_path: Path) -> None:
    file = tmp_path / "pair.jsonl"
    header = {"translate_kit": 1, "source": {"language": "en"}, "target": {"language": "id"}}
    bead = {"source": "Prices rose.", "target": "Harga naik."}
    file.write_text(f"{json.dumps(header)}\n{json.dumps(bead)}\n", encoding="utf-8")
    done = run("estimate", file, "-v")
    assert done.returncode == 0
    assert b"no model is calibrated to judge en-id" in done.stderr


def test_the_way_back_is_calibrated_for_what_its_own_model_said(tmp_path: Path) -> None:
    made = tmp_path / "made.jsonl"
    run("translate", "-d", "en-id", "-o", made, stdin=b"The president arrived in Jakarta.\n")
    done = run("estimate", made, "-v")
    assert b"calibrated" not in done.stderr
    for text in (made.read_bytes(), done.stdout):
        signals = json.loads(text.splitlines()[1])["quality"]["signals"]
        assert "mean_log_probability" in signals
        assert "reference_agreement" not in signals


def test_abstaining_shows_the_source_instead() -> None:
    kept = run("translate", SEED, "--abstain", "check").stdout.decode()
    everything = run("translate", SEED).stdout.decode()
    assert "[untranslated: " in kept
    assert "[untranslated: " not in everything
    left = kept.count("[untranslated: ")
    beads = run("translate", SEED, "--abstain", "check", "--to", "jsonl").stdout.splitlines()[1:]
    assert sum(json.loads(bead)["origin"] == "untranslated" for bead in beads) == left


def test_presegmented_lines_are_sentences(tmp_path: Path) -> None:
    for name, text in (("id", "Satu. Dua.\nTiga.\n"), ("en", "One. Two.\nThree.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("align", "--presegmented", tmp_path / "id", tmp_path / "en")
    beads = [json.loads(line) for line in done.stdout.splitlines()][1:]
    assert [(b["source"], b["target"]) for b in beads] == [
        ("Satu. Dua.", "One. Two."),
        ("Tiga.", "Three."),
    ]


def test_evaluate_gives_scores_with_signatures(tmp_path: Path) -> None:
    (tmp_path / "hyp").write_text("Prices rose.\nHe left.\n", encoding="utf-8")
    (tmp_path / "ref").write_text("Prices rose.\nHe left.\n", encoding="utf-8")
    done = run("evaluate", "hyp", "-r", "ref", "-m", "chrf++", "--json", cwd=tmp_path)
    row = json.loads(done.stdout)
    assert (row["metric"], row["value"]) == ("chrf++", 100)
    assert "nw:2" in row["signature"]
    (tmp_path / "ref").write_text("Prices rose.\n", encoding="utf-8")
    fails(run("evaluate", "hyp", "-r", "ref", cwd=tmp_path), 4, "line 2")


def test_models_are_listed_and_verified() -> None:
    rows = [json.loads(line) for line in run("models", "list", "--json").stdout.splitlines()]
    assert "id-en" in {row["name"] for row in rows}
    assert b"licence" in run("models", "info", "id-en").stdout
    assert b"as recorded" in run("models", "verify", "id-en").stdout


@pytest.mark.parametrize(
    "verb", ["translate", "segment", "align", "estimate", "evaluate", "convert", "models"]
)
def test_every_verb_and_option_has_help(verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.splitlines()[2].strip(), "a sentence on what it does"
    options = [line for line in text.splitlines() if line.startswith("  -")]
    assert all("  " in line.strip() or len(line) > 24 for line in options)


def test_align_says_what_does_not_correspond_and_prints_a_ladder(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("Harga beras naik di Jakarta.\nPasar sepi hari ini.\n", "utf-8")
    (tmp_path / "en").write_text(
        "The price of rice rose in Jakarta.\nThe market is quiet.\n", "utf-8"
    )
    done = run("align", "--presegmented", "--lexical-only", "--ladder", "id", "en", cwd=tmp_path)
    beads = [line.rpartition(":")[0] for line in done.stdout.decode().splitlines()]
    assert (beads, done.stderr) == (["[0]:[0]", "[1]:[1]"], b"")
    (tmp_path / "no").write_text("She has three brothers.\nNobody knows why they left.\n", "utf-8")
    done = run("align", "--presegmented", "--lexical-only", "--ladder", "id", "no", cwd=tmp_path)
    assert done.returncode == 0
    assert b"hardly correspond: similarity 0." in done.stderr
    fails(run("align", "id", "en", "--ladder", "--to", "tsv", cwd=tmp_path), 2, "--ladder")
    fails(run("align", "id", "en", "-o", "en", "--to", "tsv", cwd=tmp_path), 2, "is the input")


def test_align_takes_lines_of_any_two_languages(tmp_path: Path) -> None:
    (tmp_path / "de").write_text("Anna kam 1987 nach Zermatt.\nEr ging.\n", encoding="utf-8")
    (tmp_path / "fr").write_text("Anna arriva à Zermatt en 1987.\nIl partit.\n", encoding="utf-8")
    done = run("align", "-d", "de-fr", "--presegmented", "--ladder", "de", "fr", cwd=tmp_path)
    assert done.stdout.decode().count("]:[") == 2
