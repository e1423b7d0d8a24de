"""Indonesian–English news translation, alignment and quality estimates.

    >>> import translate_kit as tk
    >>> engine = tk.load_engine()
    >>> article = tk.read_document("Presiden tiba di Jakarta.".encode(), "text", tk.Reading())
    >>> bitext = tk.translate_document(article, engine)
    >>> page = tk.write_bitexts([bitext], "html")

Each public name is imported when it is first used, so that importing the package costs
nothing: no engine, no nltk, no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from translate_kit._version import __version__

if TYPE_CHECKING:
    from translate_kit.acquire import ModelOptions as ModelOptions
    from translate_kit.acquire import convert_model as convert_model
    from translate_kit.acquire import pull_model as pull_model
    from translate_kit.align import doubts as alignment_doubts
    from translate_kit.align import ladder as alignment_ladder
    from translate_kit.bitext import Bead as Bead
    from translate_kit.bitext import BeadText as BeadText
    from translate_kit.bitext import Bitext as Bitext
    from translate_kit.bitext import Issue as Issue
    from translate_kit.bitext import Match as Match
    from translate_kit.bitext import Provenance as Provenance
    from translate_kit.bitext import Quality as Quality
    from translate_kit.corpus.inputs import Named as Named
    from translate_kit.corpus.inputs import expanded as expand_inputs
    from translate_kit.corpus.inputs import form_of as article_form
    from translate_kit.corpus.outputs import Outputs as Outputs
    from translate_kit.corpus.outputs import Wanted as Wanted
    from translate_kit.corpus.plan import Plan as Plan
    from translate_kit.corpus.plan import translate_articles as translate_articles
    from translate_kit.corpus.remembering import Memories as Memories
    from translate_kit.corpus.run import Articles as Articles
    from translate_kit.corpus.run import Report as Report
    from translate_kit.corpus.tasks import Making as Making
    from translate_kit.corpus.tasks import Tally as Tally
    from translate_kit.corpus.watch import Watching as Watching
    from translate_kit.corpus.watch import watch_folder as watch_folder
    from translate_kit.document import Block as Block
    from translate_kit.document import Document as Document
    from translate_kit.document import Markup as Markup
    from translate_kit.document import Sentence as Sentence
    from translate_kit.engine import FAMILIES as MODEL_FAMILIES
    from translate_kit.engine import Decoding as Decoding
    from translate_kit.engine import EngineOptions as EngineOptions
    from translate_kit.engine import load_engine as load_engine
    from translate_kit.engine.conversion import QUANTIZATIONS as QUANTIZATIONS
    from translate_kit.engine.devices import compute_type_for as compute_type_for
    from translate_kit.errors import DirectionError as DirectionError
    from translate_kit.errors import InputError as InputError
    from translate_kit.errors import ModelError as ModelError
    from translate_kit.errors import ModelNotFoundError as ModelNotFoundError
    from translate_kit.errors import OptionError as OptionError
    from translate_kit.errors import OutputError as OutputError
    from translate_kit.errors import QualityError as QualityError
    from translate_kit.errors import TranslateKitError as TranslateKitError
    from translate_kit.evaluate import METRICS as METRICS
    from translate_kit.evaluate import Corpus as Corpus
    from translate_kit.evaluate import Evaluation as Evaluation
    from translate_kit.evaluate import MetricSettings as MetricSettings
    from translate_kit.evaluate import Score as Score
    from translate_kit.evaluate import Scoring as Scoring
    from translate_kit.evaluate import Stream as Stream
    from translate_kit.evaluate import System as System
    from translate_kit.evaluate import evaluate as evaluate_corpus
    from translate_kit.evaluate import score_lines as score_lines
    from translate_kit.evaluate import steps as evaluation_steps
    from translate_kit.evaluate.gather import Gathering as Gathering
    from translate_kit.evaluate.gather import gather as gather_corpus
    from translate_kit.evaluate.inputs import read_input as read_segments
    from translate_kit.evaluate.models import ModelSettings as ModelSettings
    from translate_kit.evaluate.models import run_model as run_model
    from translate_kit.evaluate.report import write_report as evaluation_report
    from translate_kit.files import decode as decode_text
    from translate_kit.files import decode_pieces as decode_pieces
    from translate_kit.files import read_bytes as read_bytes
    from translate_kit.files import read_pieces as read_pieces
    from translate_kit.files import write_atomically as write_atomically
    from translate_kit.formats import FORMATS as FORMATS
    from translate_kit.formats import Reading as Reading
    from translate_kit.formats import format_for as format_for
    from translate_kit.formats import formats_with as formats_with
    from translate_kit.formats import read_bitexts as read_bitexts
    from translate_kit.formats import read_document as read_document
    from translate_kit.formats import read_documents as read_documents
    from translate_kit.formats import write_bitexts as write_bitexts
    from translate_kit.formats import write_documents as write_documents
    from translate_kit.glossary import Glossary as Glossary
    from translate_kit.glossary import read_glossary as read_glossary
    from translate_kit.languages import LANGUAGES as LANGUAGES
    from translate_kit.memory import Memory as Memory
    from translate_kit.memory import Store as MemoryStore
    from translate_kit.memory.fuzzy import with_matches as with_matches
    from translate_kit.modelstore import Model as Model
    from translate_kit.modelstore import broken_models as broken_models
    from translate_kit.modelstore import find_model as find_model
    from translate_kit.modelstore import installed_models as installed_models
    from translate_kit.modelstore import locate_model as locate_model
    from translate_kit.modelstore import open_model as open_model
    from translate_kit.modelstore import remove_model as remove_model
    from translate_kit.modelstore import verify_model as verify_model
    from translate_kit.modelstore.known import KNOWN as KNOWN_MODELS
    from translate_kit.modelstore.known import Known as KnownModel
    from translate_kit.pipeline import align_documents as align_documents
    from translate_kit.pipeline import estimate_quality as estimate_quality
    from translate_kit.pipeline import link_words as link_words
    from translate_kit.pipeline import segment_document as segment_document
    from translate_kit.pipeline import translate_document as translate_document
    from translate_kit.quality import Contribution as Contribution
    from translate_kit.quality import explain as explain_quality
    from translate_kit.quality import is_calibrated as is_calibrated
    from translate_kit.segment import SegmentOptions as SegmentOptions
    from translate_kit.segment import explain as explain_boundaries
    from translate_kit.segment import segment_stream as segment_stream
    from translate_kit.translate import without_band as without_band

_HOMES = {
    "Articles": "corpus.run",
    "Bead": "bitext",
    "BeadText": "bitext",
    "Bitext": "bitext",
    "Block": "document",
    "Contribution": "quality",
    "Corpus": "evaluate",
    "Decoding": "engine",
    "DirectionError": "errors",
    "Document": "document",
    "EngineOptions": "engine",
    "Evaluation": "evaluate",
    "FORMATS": "formats",
    "Gathering": "evaluate.gather",
    "Glossary": "glossary",
    "InputError": "errors",
    "Issue": "bitext",
    "KNOWN_MODELS": "modelstore.known:KNOWN",
    "KnownModel": "modelstore.known:Known",
    "LANGUAGES": "languages",
    "METRICS": "evaluate",
    "MODEL_FAMILIES": "engine:FAMILIES",
    "Making": "corpus.tasks",
    "Markup": "document",
    "Match": "bitext",
    "Memories": "corpus.remembering",
    "Memory": "memory",
    "MemoryStore": "memory:Store",
    "MetricSettings": "evaluate",
    "Model": "modelstore",
    "ModelError": "errors",
    "ModelNotFoundError": "errors",
    "ModelOptions": "acquire",
    "ModelSettings": "evaluate.models",
    "Named": "corpus.inputs",
    "OptionError": "errors",
    "OutputError": "errors",
    "Outputs": "corpus.outputs",
    "Plan": "corpus.plan",
    "Provenance": "bitext",
    "QUANTIZATIONS": "engine.conversion",
    "Quality": "bitext",
    "QualityError": "errors",
    "Reading": "formats",
    "Report": "corpus.run",
    "Score": "evaluate",
    "Scoring": "evaluate",
    "SegmentOptions": "segment",
    "Sentence": "document",
    "Stream": "evaluate",
    "System": "evaluate",
    "Tally": "corpus.tasks",
    "TranslateKitError": "errors",
    "Wanted": "corpus.outputs",
    "Watching": "corpus.watch",
    "align_documents": "pipeline",
    "article_form": "corpus.inputs:form_of",
    "alignment_doubts": "align:doubts",
    "alignment_ladder": "align:ladder",
    "broken_models": "modelstore",
    "compute_type_for": "engine.devices",
    "convert_model": "acquire",
    "decode_pieces": "files",
    "decode_text": "files:decode",
    "estimate_quality": "pipeline",
    "evaluate_corpus": "evaluate:evaluate",
    "evaluation_report": "evaluate.report:write_report",
    "evaluation_steps": "evaluate:steps",
    "expand_inputs": "corpus.inputs:expanded",
    "explain_boundaries": "segment:explain",
    "explain_quality": "quality:explain",
    "is_calibrated": "quality",
    "find_model": "modelstore",
    "format_for": "formats",
    "formats_with": "formats",
    "gather_corpus": "evaluate.gather:gather",
    "installed_models": "modelstore",
    "link_words": "pipeline",
    "load_engine": "engine",
    "locate_model": "modelstore",
    "open_model": "modelstore",
    "pull_model": "acquire",
    "read_bitexts": "formats",
    "read_bytes": "files",
    "read_document": "formats",
    "read_documents": "formats",
    "read_glossary": "glossary",
    "read_pieces": "files",
    "read_segments": "evaluate.inputs:read_input",
    "remove_model": "modelstore",
    "run_model": "evaluate.models",
    "score_lines": "evaluate",
    "segment_document": "pipeline",
    "segment_stream": "segment",
    "translate_articles": "corpus.plan",
    "translate_document": "pipeline",
    "verify_model": "modelstore",
    "watch_folder": "corpus.watch",
    "with_matches": "memory.fuzzy",
    "without_band": "translate:without_band",
    "write_atomically": "files",
    "write_bitexts": "formats",
    "write_documents": "formats",
}
"""Public name and the module it lives in, with its name there where that differs. Functions
that share a module's name (`segment`, `translate`, `evaluate`) have longer names here: a
submodule, once imported, takes its own name on the package."""

__all__ = [
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


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    value = getattr(import_module(f"{__name__}.{module}"), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return list(__all__)
