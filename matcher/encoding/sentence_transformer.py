"""Any sentence-transformers model, of a folder or of the hub, behind the `Encoder` protocol."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import logging
import ssl
import threading
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from matcher.encoding.base import ROLES, Role, TokenVectors, Vectors, printable, text_tokens
from matcher.encoding.bundled import file_sha256
from matcher.errors import ModelError

_REACH_SECONDS = 4.0
_PATIENCE_SECONDS = 10.0
_NOT_WANTED = ["*.h5", "*.ot", "*.msgpack", "onnx/*", "openvino/*"]
_NOT_HASHED = {".md", ".msgpack", ".h5", ".ot", ".onnx", ".lock"}


class SentenceTransformerEncoder:
    """A sentence-transformers model, on the CPU in float32, one text at a time.

    Parameters
    ----------
    name : str
        The name or folder that was asked for.
    model : sentence_transformers.SentenceTransformer
        Loaded and ready.
    fingerprint : str
        A hash of its files and prompts.
    prompts : mapping of role to str
        What is put before a text.
    """

    def __init__(self, name: str, model: Any, *, fingerprint: str, prompts: Mapping[str, str]) -> None:  # noqa: ANN401
        self.name = name
        self.fingerprint = fingerprint
        self.prompts = dict(prompts)
        self._model = model
        self.dimension = int(np.asarray(self._run("a", "proposal", "sentence_embedding")).shape[-1])

    @classmethod
    def load(cls, name: str) -> SentenceTransformerEncoder:
        """Load a model's folder, or a model of the hub: from this machine if it is there, else from the network.

        Raises
        ------
        ModelError
            If the model cannot be loaded, in one line that says what to do.
        """
        folder = Path(name)
        if not folder.is_dir():
            folder = _from_hub(name)
        try:
            model = _open(folder)
        except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError, AttributeError) as err:
            raise ModelError(
                f"the model {name!r} cannot be loaded: {_first_line(err)}",
                cure="Give the folder of a complete sentence-transformers model.",
            ) from err
        prompts = _prompts(name, getattr(model, "prompts", None) or {})
        return cls(name, model, fingerprint=_fingerprint(folder, prompts), prompts=prompts)

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        out = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vector = np.asarray(self._run(text, role, "sentence_embedding"), dtype=np.float32)
            out[row] = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return out

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        """Return the vectors of the tokens of one text, for explanation."""
        prompt = self.prompts[role]
        vectors = np.asarray(self._run(text, role, "token_embeddings"), dtype=np.float32)
        read = self._model.tokenizer(
            prompt + printable(text),
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        count = len(vectors)
        kept, spans = text_tokens(read["offset_mapping"][:count], read["special_tokens_mask"][:count], len(prompt))
        return TokenVectors(spans, np.ascontiguousarray(vectors[kept]))

    def _run(self, text: str, role: Role, output: str) -> Any:  # noqa: ANN401
        """Return one output of one text; a batch of one, so that nothing depends on other texts."""
        found = self._model.encode(
            [self.prompts[role] + printable(text)],
            prompt="",
            batch_size=1,
            show_progress_bar=False,
            output_value=output,
            convert_to_numpy=output == "sentence_embedding",
        )[0]
        return found if isinstance(found, np.ndarray) else found.detach().cpu().float().numpy()


def _open(folder: Path) -> Any:  # noqa: ANN401
    with _quiet():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True).float().eval()


def _from_hub(name: str) -> Path:
    if Path(name).is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name:
        raise ModelError(f"there is no model folder {name!r}", cure="Check the path.")
    with _quiet():
        from huggingface_hub import constants, snapshot_download
    failures = _network_errors()
    names = [name] if "/" in name else [f"sentence-transformers/{name}", name]
    for each in names:
        with contextlib.suppress(*failures):
            return Path(snapshot_download(each, local_files_only=True, ignore_patterns=_NOT_WANTED))
    absent = ModelError(
        f"the model {name!r} is not on this machine and cannot be fetched from the network",
        cure="Download it on a machine with a network, copy its folder here, and give that folder's path.",
    )
    if constants.HF_HUB_OFFLINE or not _reachable(constants.ENDPOINT):
        raise absent
    for each in names:
        with _quiet(), contextlib.suppress(*failures):
            return Path(snapshot_download(each, etag_timeout=_PATIENCE_SECONDS, ignore_patterns=_NOT_WANTED))
    raise absent


def _reachable(endpoint: str) -> bool:
    """Say within seconds whether the hub answers at all, through the proxy where there is one."""
    if urlsplit(endpoint).scheme not in ("http", "https"):
        return False
    answers: list[bool] = []

    def call() -> None:
        request = urllib.request.Request(endpoint, method="HEAD")
        try:
            with urllib.request.urlopen(request, timeout=_REACH_SECONDS):
                answers.append(True)
        except urllib.error.HTTPError as err:  # an answer, if no kind one
            answers.append(True)
            err.close()
        except urllib.error.URLError as err:
            if isinstance(err.reason, ssl.SSLError):  # the downloader brings its own certificates
                answers.append(True)
        except (OSError, http.client.HTTPException):
            return

    thread = threading.Thread(target=call, daemon=True)  # looking up a name has no time limit of its own
    thread.start()
    thread.join(_REACH_SECONDS + 1)
    return bool(answers)


def _network_errors() -> tuple[type[Exception], ...]:
    """Return what a failed look-up or download may raise.

    The hub's library has changed its HTTP client more than once; its own error descends from that client's.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    clients = [each for each in HfHubHTTPError.__mro__ if issubclass(each, Exception) and each is not Exception]
    return (OSError, ValueError, HFValidationError, *clients)


def _prompts(name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Choose a prompt for each role: the model's own for that role, its «query», or e5's where none is stated."""
    stem = Path(name).name.lower()
    e5 = "query: " if "e5" in stem.split("-") and "instruct" not in stem else ""
    return {role: known.get(role) or known.get("query") or e5 for role in ROLES}


def _fingerprint(folder: Path, prompts: Mapping[str, str]) -> str:
    whole = hashlib.sha256(repr(sorted(prompts.items())).encode() + b"float32")
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and file.suffix not in _NOT_HASHED and not any(part.startswith(".") for part in parts):
            whole.update("/".join(parts).encode() + file_sha256(file).encode())
    return whole.hexdigest()[:16]


def _first_line(err: BaseException) -> str:
    return (str(err).strip().splitlines() or [type(err).__name__])[0]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep progress bars, warnings and log lines of the libraries off the terminal, and put all back after."""
    names = ("transformers", "sentence_transformers", "huggingface_hub")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from huggingface_hub.utils.tqdm import (
            are_progress_bars_disabled,
            disable_progress_bars,
            enable_progress_bars,
        )
        from transformers.utils import logging as transformers_logging

        shown, hub_shown = transformers_logging.is_progress_bar_enabled(), not are_progress_bars_disabled()
        levels = {each: logging.getLogger(each).level for each in names}
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        disable_progress_bars()
        for each in names:
            logging.getLogger(each).setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            for each, level in levels.items():
                logging.getLogger(each).setLevel(level)
            if shown:
                transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
            if hub_shown:
                enable_progress_bars()
