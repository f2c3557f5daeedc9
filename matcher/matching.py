"""The façade: an announcement in, assessments of proposals out. It composes the stages and holds no algorithm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from matcher.announcement import find_announcement, read_announcement
from matcher.checking import check_form
from matcher.encoding import Encoder, Reference, build_reference, load_cached_encoders, load_reference
from matcher.encoding.bert import BertEncoder
from matcher.encoding.cache import CachedEncoder
from matcher.flagging import KindModel, Profile, Profiler, ScopeModel, find_duplicates, flag, form_text, read_kinds
from matcher.proposal import read_register
from matcher.ranking import (
    Explainer,
    Precedents,
    Ranker,
    Ranking,
    build_matches,
    load_precedents,
    not_chosen,
    read_sections,
)
from matcher.ranking.features import FEATURES
from matcher.ranking.fusion import Logistic, damaged, read_part
from matcher.records import Announcement, Assessment, DuplicatePair, Flag, FormReport, Proposal, State, Status
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, PAIR_MODEL, Settings, resource_dir

#: Proposals ranked together; it bounds memory and changes no result.
CHUNK = 64
#: The file of a model folder that holds the fusion and the scope model fitted on its vectors.
FUSION_FILE = "fusion.json"
_SAVED_SETTINGS, _SAVED_ANNOUNCEMENT = "settings.toml", "announcement.txt"


class Matcher:
    """Matches proposals to one announcement.

    Parameters
    ----------
    announcement : Announcement
        At least one orientation.
    encoder, segmenter, reference, fusion, scope
        The ready parts; `from_announcement` finds them by the settings.
    settings : Settings
        Thresholds and limits.
    base : Encoder
        The base model, by which the form of a text is judged: training for orientations moves it in ways not known.
    tasks : pair of Encoder and KindModel
        What duplicates are compared by: a model trained on pairs of tasks, as training for orientations brings all
        projects of one kind together; and the model of kinds fitted on its vectors.
    precedents : Precedents, optional
        Judged proposals of the same announcement, in this encoder's vectors.
    sections : Logistic, optional
        What the further sections of a whole form add to its title and objective.
    """

    def __init__(
        self,
        announcement: Announcement,
        *,
        encoder: Encoder,
        segmenter: Segmenter,
        reference: Reference,
        fusion: Logistic,
        scope: ScopeModel,
        settings: Settings,
        base: Encoder,
        tasks: tuple[Encoder, KindModel],
        precedents: Precedents | None = None,
        sections: Logistic | None = None,
    ) -> None:
        self.announcement = announcement
        self.encoder = encoder
        self.settings = settings
        self._segmenter = segmenter
        self._fusion = fusion
        self._scope = scope
        self._base = base
        self._task_encoder, self._kinds = tasks
        self._profiler = Profiler(segmenter)
        self._ranker = Ranker(
            announcement,
            encoder=encoder,
            segmenter=segmenter,
            fusion=fusion,
            reference=reference,
            precedents=precedents,
            sections=sections,
        )
        self._explain = Explainer(self._ranker)

    @classmethod
    def from_announcement(cls, announcement: Announcement | str, settings: Settings | None = None) -> Matcher:
        """Find the model and the other parts by the settings.

        Raises
        ------
        InputError, AnnouncementError, ModelError
            If the announcement or the model cannot be had.
        """
        settings = settings or Settings()
        if isinstance(announcement, str):
            announcement = find_announcement(announcement)
        encoder, base, tasks = load_cached_encoders((settings.model, BASE_MODEL, PAIR_MODEL), settings)
        fusion, scope = read_fusion(fusion_file(settings.model))
        return cls(
            announcement,
            encoder=encoder,
            segmenter=Segmenter(),
            reference=reference_for(encoder, settings.model),
            fusion=fusion,
            scope=scope,
            settings=settings,
            base=base,
            tasks=(tasks, read_kinds(model_folder(PAIR_MODEL))),
            precedents=load_precedents(model_folder(settings.model), announcement),
            sections=read_sections(model_folder(settings.model)),
        )

    @property
    def fingerprint(self) -> str:
        """A hash of everything that shapes the answers beside the announcement and the settings."""
        encoders = (self.encoder, self._base, self._task_encoder)
        parts = (*(each.fingerprint for each in encoders), repr(self._fusion), repr(self._scope), repr(self._kinds))
        ranker = self._ranker
        parts = (*parts, repr(ranker.sections), ranker.precedents.digest if ranker.precedents else "")
        parts = (*parts, hashlib.sha256(ranker.reference.mean.tobytes()).hexdigest())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def save(self, folder: Path) -> None:
        """Keep the announcement and the settings in a folder, so that `load` gives an equal matcher."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SAVED_SETTINGS).write_text(self.settings.to_toml(), encoding="utf-8")
        (folder / _SAVED_ANNOUNCEMENT).write_text(self.announcement.text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Matcher:
        """Return the matcher that `save` kept."""
        settings = Settings.load(folder / _SAVED_SETTINGS, environment={})
        return cls.from_announcement(read_announcement(folder / _SAVED_ANNOUNCEMENT), settings)

    def assess(self, proposals: Iterable[Proposal]) -> Iterator[Assessment]:
        """Assess proposals one after another, without duplicates; failed ones come through as they are."""
        for chunk in chunks(proposals):
            readable = [proposal for proposal in chunk if _has_text(proposal)]
            if self.settings.explained:
                self._explain.prepare(readable)
            rankings = self._ranker.rank(readable)
            verdicts = iter(zip(rankings, self.flags(readable, rankings), strict=True))
            for proposal in chunk:
                yield self._assessment(proposal, *next(verdicts)) if _has_text(proposal) else _unread(proposal)

    def rank(self, proposals: Sequence[Proposal]) -> list[Ranking]:
        """Rank the orientations for each proposal, explaining nothing; each must have a title."""
        return self._ranker.rank(proposals)

    @property
    def ranker(self) -> Ranker:
        """What ranks the orientations."""
        return self._ranker

    def flags(self, proposals: Sequence[Proposal], rankings: Sequence[Ranking]) -> list[Flag]:
        """Return the state of each proposal, given its ranking."""
        forms = self._scope.probe.logit(self._base.encode([form_text(proposal) for proposal in proposals]))
        each = zip(proposals, rankings, forms, strict=True)
        return [flag(proposal, ranking, form, self._scope, self.settings) for proposal, ranking, form in each]

    def match(self, proposals: Sequence[Proposal], register: Sequence[Proposal] = ()) -> tuple[Assessment, ...]:
        """Assess proposals and find their duplicates, among themselves and in a register."""
        assessments = tuple(self.assess(proposals))
        pairs = by_proposal(self.duplicates(self.profiles(proposals), self.profiles(register)))
        return tuple(replace(a, duplicates=pairs.get(a.proposal.id, ())) for a in assessments)

    def for_one_draft(self, *, evidence: bool) -> None:
        """Make ready for a single proposal of which nothing may be kept.

        From now on no vector reaches the disk (those that are there are still used), texts are encoded one at a time,
        which is faster for a few, and words that carry a match are looked for only where `evidence` is wanted.
        """
        for encoder in (self.encoder, self._base, self._task_encoder):
            if isinstance(encoder, CachedEncoder):
                encoder.keeps = False
                if isinstance(encoder.encoder, BertEncoder):
                    encoder.encoder.alone = True
        self._explain.with_evidence = evidence

    def forget(self) -> None:
        """Drop the vectors of a draft, which `for_one_draft` leaves in memory alone."""
        for encoder in (self.encoder, self._base, self._task_encoder):
            if isinstance(encoder, CachedEncoder):
                encoder.forget()

    @property
    def task_encoder(self) -> Encoder:
        """The model by which duplicates are compared."""
        return self._task_encoder

    def profiles(self, proposals: Iterable[Proposal], *, encoder: Encoder | None = None) -> list[Profile]:
        """Return what the search for duplicates compares; proposals without text are left out.

        `encoder` is `task_encoder` with its vectors kept elsewhere, such as beside a register of past tasks.
        """
        encoder = encoder or self._task_encoder
        readable = ([proposal for proposal in chunk if _has_text(proposal)] for chunk in chunks(proposals))
        return [profile for chunk in readable for profile in self._profiler(chunk, encoder)]

    def duplicates(self, batch: Sequence[Profile], past: Sequence[Profile] = ()) -> tuple[DuplicatePair, ...]:
        """Return the pairs within a batch, and between it and past tasks."""
        return find_duplicates(batch, past, model=self._kinds, settings=self.settings)

    def _assessment(self, proposal: Proposal, ranking: Ranking, state: Flag) -> Assessment:
        matches, plans = build_matches(
            proposal,
            self.announcement,
            ranking,
            explain=partial(self._explain, ranking=ranking),
            explained=self.settings.explained,
        )
        other = (
            not_chosen(self._ranker, ranking) if self.settings.explained and state.state is not State.INVALID else None
        )
        form_report = check_form(proposal, self.announcement)
        return Assessment(proposal, state, matches, plans, form=form_report, not_chosen=other)


def reference_for(encoder: Encoder, model: str) -> Reference:
    """Return the fixed point that an encoder's vectors are centred on.

    A model of ours brings it; for any other it is made from the titles of the built-in register, once, since the
    vectors are kept in the cache.
    """
    shipped = load_reference(model, encoder.fingerprint)
    if shipped is not None:
        return shipped
    register = read_register(resource_dir("corpus") / Settings().announcement / "register.csv")
    return build_reference(encoder, [task.title for task in register.tasks], source="built-in register")


def read_fusion(file: Path) -> tuple[Logistic, ScopeModel]:
    """Read what turns scores into probabilities and states.

    Raises
    ------
    ModelError
        If the file is missing, damaged, or was fitted on other features.
    """
    try:
        fusion = Logistic.from_dict(read_part(file, "fusion"))
        if fusion.features != FEATURES:
            raise ValueError(f"it was fitted on other features: {', '.join(fusion.features)}")
        return fusion, ScopeModel.from_dict(read_part(file, "scope"))
    except (KeyError, TypeError, ValueError) as err:
        raise damaged(file, err) from err


def model_folder(model: str) -> Path:
    """Return the folder of a model by name or path; it need not exist."""
    shipped = resource_dir("models") / model
    return shipped if shipped.is_dir() else Path(model)


def fusion_file(model: str) -> Path:
    """Return the fusion file of a model: its folder's own, else that of the default model."""
    own = [folder / FUSION_FILE for folder in (resource_dir("models") / model, Path(model))]
    return next((file for file in own if file.is_file()), resource_dir("models") / Settings().model / FUSION_FILE)


def is_calibrated(model: str) -> bool:
    """Say whether probabilities were fitted on this model's vectors; for any other they only rank."""
    return model == Settings().model or fusion_file(model) != fusion_file(Settings().model)


def by_proposal(pairs: Iterable[DuplicatePair]) -> dict[str, tuple[DuplicatePair, ...]]:
    """Return the pairs that each proposal of the batch is in, in the order found."""
    found: dict[str, list[DuplicatePair]] = {}
    for pair in pairs:
        found.setdefault(pair.a, []).append(pair)
        if pair.source == "batch":
            found.setdefault(pair.b, []).append(pair)
    return {key: tuple(mine) for key, mine in found.items()}


def _unread(proposal: Proposal) -> Assessment:
    reason = "Không đọc được nội dung đề xuất."
    return Assessment(proposal, Flag(State.INVALID, 1.0, (reason,)), form=FormReport(pages=proposal.pages))


def _has_text(proposal: Proposal) -> bool:
    return proposal.status is not Status.FAILED and bool(proposal.title.strip())


def chunks(proposals: Iterable[Proposal], size: int = CHUNK) -> Iterator[list[Proposal]]:
    """Share a stream of proposals out into lists of at most `size`."""
    chunk: list[Proposal] = []
    for proposal in proposals:
        chunk.append(proposal)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
