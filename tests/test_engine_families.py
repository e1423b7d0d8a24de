"""Every family against Hugging Face: the same pieces, the same greedy translation in float32.

The checkpoints are tiny, random and in the layouts of the real ones. A last test needs neither
torch nor transformers.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import warnings
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tiny_checkpoints import MAKERS, marian
from tiny_models import make_opus

from translate_kit.engine import FAMILIES, Decoding, EngineOptions
from translate_kit.engine.conversion import convert_checkpoint, convert_opus
from translate_kit.engine.families import tokenizer_for
from translate_kit.engine.runtime import Engine
from translate_kit.errors import BrokenModelError
from translate_kit.languages import Direction
from translate_kit.modelstore import open_model
from translate_kit.modelstore.digests import sha256_of
from translate_kit.modelstore.recognition import MARKS, TOKENIZERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
TEXTS = [
    *(line for line in SEED.splitlines()[:6] if line),
    "Harga naik 1.400,50 – \u201chari ini\u201d!",
    "Ada  dua spasi, satu \u6f22 dan sebuah 😀.",
    "x",
]
ID_EN, EN_ID = Direction("id", "en"), Direction("en", "id")
LENGTH = 24
"""Target tokens to compare: random models rarely end, and agree all the way or not at all."""


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A checkpoint of every family, and one that knows several target languages."""
    made: dict[str, Path] = {}
    for name, maker in MAKERS.items():
        made[name] = tmp_path_factory.mktemp(name)
        maker(made[name], SEED)
    made["grouped"] = tmp_path_factory.mktemp("grouped")
    marian(made["grouped"], SEED, grouped=True)
    return made


@pytest.fixture(scope="module")
def converted(
    checkpoints: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The same in CTranslate2's form, in float32."""
    folders: dict[str, Path] = {}
    for name, checkpoint in checkpoints.items():
        folders[name] = tmp_path_factory.mktemp("converted") / name
        convert_checkpoint(checkpoint, folders[name], "float32")
        for file in TOKENIZERS:
            if (checkpoint / file).is_file():
                shutil.copyfile(checkpoint / file, folders[name] / file)
    return folders


@pytest.fixture
def quiet() -> Iterator[None]:
    """Hugging Face warns of much that is meant to be so here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class Theirs:
    """A checkpoint in transformers."""

    def __init__(self, folder: Path) -> None:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415

        torch.set_num_threads(1)  # tiny models: threads would wait for each other
        self.tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder)
        self.model: Any = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).eval()

    def tokens(self, text: str) -> list[str]:
        ids = self.tokenizer(text).input_ids
        return [str(token) for token in self.tokenizer.convert_ids_to_tokens(ids)]

    def greedy(self, text: str, first: int | None) -> list[str]:
        """Return what greedy search finds, without the token it starts from and the end."""
        import torch  # noqa: PLC0415

        with torch.no_grad():
            (ids,) = self.model.generate(
                **self.tokenizer(text, return_tensors="pt"),
                num_beams=1,
                do_sample=False,
                forced_bos_token_id=first,
                max_new_tokens=LENGTH,
                forced_eos_token_id=None,
            ).tolist()
        tokens = [str(token) for token in self.tokenizer.convert_ids_to_tokens(ids[1:])]
        return tokens[: tokens.index("</s>")] if "</s>" in tokens else tokens

    def log_probabilities(self, text: str, target: Sequence[str]) -> list[float]:
        """Return those of target tokens that are given (teacher forcing)."""
        import torch  # noqa: PLC0415

        ids = self.tokenizer.convert_tokens_to_ids(list(target))
        start = self.model.config.decoder_start_token_id
        with torch.no_grad():
            logits = self.model(
                **self.tokenizer(text, return_tensors="pt"),
                decoder_input_ids=torch.tensor([[start, *ids[:-1]]]),
            ).logits[0]
        if self.model.config.model_type == "marian":  # a token that the converter drops
            logits[:, self.model.config.pad_token_id] = -torch.inf
        rows = logits.log_softmax(dim=-1)
        return [float(row[token]) for row, token in zip(rows, ids, strict=True)]


CASES: dict[str, tuple[str | None, str | None, str, tuple[str, ...]]] = {
    # their languages for source and target, what stands before the text, how the target begins
    "marian": (None, None, "", ()),
    "nllb": ("ind_Latn", "eng_Latn", "", ("eng_Latn",)),
    "m2m100": ("id", "__en__", "", ("__en__",)),
    "madlad": (None, None, "<2en> ", ()),
    "grouped": (None, None, ">>ind<< ", ()),
}


def theirs_for(case: str, folder: Path) -> tuple[Theirs, int | None]:
    source, target, *_ = CASES[case]
    theirs = Theirs(folder)
    first = None
    if source:
        theirs.tokenizer.src_lang = source
        first = theirs.tokenizer.convert_tokens_to_ids(target)
    return theirs, first


def direction_of(case: str) -> Direction:
    return EN_ID if case == "grouped" else ID_EN


@pytest.mark.convert
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("case", CASES)
def test_the_pieces_are_those_of_hugging_face(
    case: str, checkpoints: dict[str, Path], converted: dict[str, Path]
) -> None:
    theirs, _ = theirs_for(case, checkpoints[case])
    ours = tokenizer_for(open_model(converted[case]), direction_of(case))
    known = set(theirs.tokenizer.get_vocab())
    for text, encoded in zip(TEXTS, ours.encode(TEXTS), strict=True):
        expected = theirs.tokens(CASES[case][2] + text)
        # what no vocabulary holds is <unk> to them now, to us when the engine looks it up
        seen = [t if t in known or t in expected else "<unk>" for t in encoded.tokens]
        assert seen == expected, text
        assert len(encoded.spans) == len(encoded.tokens)
        assert all(0 <= a <= b <= len(text) for a, b in encoded.spans)


@pytest.mark.convert
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("case", CASES)
def test_the_greedy_translation_is_that_of_hugging_face(
    case: str, checkpoints: dict[str, Path], converted: dict[str, Path]
) -> None:
    theirs, first = theirs_for(case, checkpoints[case])
    engine = Engine(
        open_model(converted[case]), direction_of(case), EngineOptions(compute_type="float32")
    )
    said = set()
    for text in TEXTS:
        (hypothesis,) = engine.translate([text], Decoding(beam_size=1))
        expected = theirs.greedy(CASES[case][2] + text, first)
        prefix = CASES[case][3]
        ours = [*prefix, *hypothesis.target.tokens][:LENGTH]
        assert ours == expected, text
        said.add(tuple(expected))
    assert len(said) > 1, "a model that says one thing always would prove nothing"


@pytest.mark.convert
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("case", CASES)
def test_scores_of_tokens_are_those_of_hugging_face(
    case: str, checkpoints: dict[str, Path], converted: dict[str, Path]
) -> None:
    """A prefix counted among the tokens, a language or an end forgotten would show here."""
    theirs, _ = theirs_for(case, checkpoints[case])
    engine = Engine(
        open_model(converted[case]), direction_of(case), EngineOptions(compute_type="float32")
    )
    prefix = CASES[case][3]
    for hypothesis in engine.score(engine.translate(TEXTS, Decoding()), Decoding()):
        target = [*prefix, *hypothesis.target.tokens, "</s>"]
        expected = theirs.log_probabilities(CASES[case][2] + hypothesis.source.text, target)
        ours = hypothesis.token_log_probabilities
        assert len(ours) == len(hypothesis.target.tokens) + 1
        # random weights of that T5 make logits in the hundreds: the last digits go earlier
        near = 2e-2 if case == "madlad" else 2e-4
        assert ours == pytest.approx(expected[len(prefix) :], abs=near)


@pytest.mark.convert
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("case", "quantization"),
    [("marian", "int8"), ("nllb", "int8"), ("nllb", "int8_float16"), ("grouped", "float32")],
)
def test_converted_weights_are_those_of_the_command_of_ctranslate2(
    case: str,
    quantization: str,
    checkpoints: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    convert_checkpoint(checkpoints[case], tmp_path / "ours", quantization)
    # the command itself, in this process: torch takes seconds to import
    (command,) = entry_points(group="console_scripts", name="ct2-transformers-converter")
    arguments = {
        "--model": str(checkpoints[case]),
        "--output_dir": str(tmp_path / "theirs"),
        "--quantization": quantization,
    }
    monkeypatch.setattr(sys, "argv", ["command", *(x for pair in arguments.items() for x in pair)])
    command.load()()
    for name in ("model.bin", "config.json", "shared_vocabulary.json"):
        assert sha256_of(tmp_path / "ours" / name) == sha256_of(tmp_path / "theirs" / name)


@pytest.mark.convert
def test_damaged_checkpoints_are_refused(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    numbers = itertools.count()

    def damaged(case: str, file: str, data: bytes) -> Path:
        folder = tmp_path / f"{case}-{next(numbers)}"
        shutil.copytree(checkpoints[case], folder)
        (folder / file).write_bytes(data)
        return folder

    for folder in (
        damaged("marian", "model.safetensors", b"nonsense"),
        damaged("marian", "config.json", b"{"),
        damaged("marian", "config.json", b'{"model_type": "bert"}'),
        damaged("nllb", "pytorch_model.bin", b"nonsense"),
        damaged("marian", "source.spm", b"nonsense"),
    ):
        with pytest.raises(BrokenModelError, match="cannot be converted"):
            convert_checkpoint(folder, tmp_path / "out", "int8")


def test_opus_weights_convert_as_with_the_command_of_ctranslate2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    make_opus(source, SEED)
    convert_opus(source, tmp_path / "ours", "int8")
    (command,) = entry_points(group="console_scripts", name="ct2-opus-mt-converter")
    options = ["--model_dir", str(source), "--output_dir", str(tmp_path / "theirs")]
    monkeypatch.setattr(sys, "argv", ["command", *options, "--quantization", "int8"])
    command.load()()
    assert sha256_of(tmp_path / "ours/model.bin") == sha256_of(tmp_path / "theirs/model.bin")


def test_every_family_of_the_engine_can_be_recognised() -> None:
    assert set(MARKS) == set(FAMILIES)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("models: [../../etc/x.npz]\nvocabs: [a.vocab.yml]\n", "x.npz"),
        ("models: []\nvocabs: []\n", "cannot be converted"),
        ("- nonsense", "cannot be converted"),
        ("a: [", "cannot be converted"),
    ],
)
def test_a_bad_decoder_file_is_refused(tmp_path: Path, text: str, what: str) -> None:
    make_opus(tmp_path, SEED)
    (tmp_path / "decoder.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenModelError, match=what):
        convert_opus(tmp_path, tmp_path / "out", "int8")
