"""The package as a whole: public names, what importing costs, what a wheel carries."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import translate_kit

ROOT = Path(__file__).parents[1]
MODEL_FILES = {"model.toml", "model.bin", "config.json", "shared_vocabulary.json", "vmap.txt"}


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def test_public_names() -> None:
    assert translate_kit.__all__ == [
        "FORMATS",
        "KNOWN_MODELS",
        "LANGUAGES",
        "METRICS",
        "MODEL_FAMILIES",
        "QUANTIZATIONS",
        "Articles",
        "Bead",
        "BeadText",
        "Bitext",
        "Block",
        "Contribution",
        "Corpus",
        "Decoding",
        "DirectionError",
        "Document",
        "EngineOptions",
        "Evaluation",
        "Gathering",
        "Glossary",
        "InputError",
        "Issue",
        "KnownModel",
        "Making",
        "Markup",
        "Match",
        "Memories",
        "Memory",
        "MemoryStore",
        "MetricSettings",
        "Model",
        "ModelError",
        "ModelNotFoundError",
        "ModelOptions",
        "ModelSettings",
        "Named",
        "OptionError",
        "OutputError",
        "Outputs",
        "Plan",
        "Provenance",
        "Quality",
        "QualityError",
        "Reading",
        "Report",
        "Score",
        "Scoring",
        "SegmentOptions",
        "Sentence",
        "Stream",
        "System",
        "Tally",
        "TranslateKitError",
        "Wanted",
        "Watching",
        "__version__",
        "align_documents",
        "alignment_doubts",
        "alignment_ladder",
        "article_form",
        "broken_models",
        "compute_type_for",
        "convert_model",
        "decode_pieces",
        "decode_text",
        "estimate_quality",
        "evaluate_corpus",
        "evaluation_report",
        "evaluation_steps",
        "expand_inputs",
        "explain_boundaries",
        "explain_quality",
        "find_model",
        "format_for",
        "formats_with",
        "gather_corpus",
        "installed_models",
        "is_calibrated",
        "link_words",
        "load_engine",
        "locate_model",
        "open_model",
        "pull_model",
        "read_bitexts",
        "read_bytes",
        "read_document",
        "read_documents",
        "read_glossary",
        "read_pieces",
        "read_segments",
        "remove_model",
        "run_model",
        "score_lines",
        "segment_document",
        "segment_stream",
        "translate_articles",
        "translate_document",
        "verify_model",
        "watch_folder",
        "with_matches",
        "without_band",
        "write_atomically",
        "write_bitexts",
        "write_documents",
    ]


@pytest.mark.parametrize("name", translate_kit.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(translate_kit, name) is not None
    assert name in dir(translate_kit)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = translate_kit.nonsense


def test_importing_imports_no_library() -> None:
    loaded = python("import sys, translate_kit; print(*sys.modules)").split()
    heavy = set("ctranslate2 sentencepiece nltk sacrebleu rich numpy click".split())
    heavy |= set("huggingface_hub transformers torch yaml".split())
    heavy = {"ctranslate2", "sentencepiece", "nltk", "sacrebleu", "rich", "numpy", "click", "lxml"}
    assert not heavy & set(loaded)


def test_help_imports_no_library_but_click() -> None:
    code = (
        "import sys\n"
        "from translate_kit.cli.boundary import run\n"
        "assert run(['--help']) == 0\n"
        "print(*sys.modules)"
    )
    loaded = set(python(code).split())
    assert "click" in loaded
    assert not {"ctranslate2", "sentencepiece", "nltk", "sacrebleu", "rich", "numpy"} & loaded


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="measures with wait4")
def test_help_answers_at_once() -> None:
    def cpu_seconds() -> float:
        child = subprocess.Popen(
            [sys.executable, "-m", "translate_kit", "--help"],
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        assert status == 0
        return usage.ru_utime + usage.ru_stime

    assert min(cpu_seconds() for _ in range(3)) < 0.2


def test_the_wheel_carries_the_model_and_says_it_is_typed(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for model in ("id-en", "en-id"):
        assert {f"translate_kit/_models/{model}/{name}" for name in MODEL_FILES} <= names
    assert "translate_kit/py.typed" in names
    assert not any(name.startswith(("tests/", "models/", "seeds/")) for name in names)
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        "import translate_kit as tk\n"
        "print(tk.__file__, tk.load_engine().model.path)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.count(str(unpacked)) == 2, "the wheel's own model is used"
