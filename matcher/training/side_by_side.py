"""Two models of one recipe trained side by side: one to measure, one to ship."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from queue import Empty
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.training.loop import Report

MEASURED, SHIPPED = "measured", "shipped"
#: Called with the name of the model in training, the steps done, all steps, and the running loss.
Progress = Callable[[str, int, int, float], None]
Weights = dict[str, NDArray[np.float32]]
_POLL_S = 1.0


class Job(Protocol):
    """What to train; it travels to another process."""

    @property
    def name(self) -> str:
        """Which of the models."""
        ...


J = TypeVar("J", bound=Job)


def side_by_side(
    train: Callable[[J, Report], Weights], jobs: Sequence[J], progress: Progress | None
) -> dict[str, Weights]:
    """Train all jobs, each in a process of its own: one thread each is faster than several on one.

    `train` is a function of a module.
    """
    spawn = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager, ProcessPoolExecutor(len(jobs), spawn) as pool:
        steps = manager.Queue()
        futures = {job.name: pool.submit(_one, train, job, steps) for job in jobs}
        left = set(futures.values())
        while left:
            left -= wait(left, timeout=_POLL_S).done
            while progress is not None:
                try:
                    progress(*steps.get_nowait())
                except Empty:
                    break
        return {name: future.result() for name, future in futures.items()}


def _one(train: Callable[[J, Report], Weights], job: J, steps: Any) -> Weights:  # noqa: ANN401  (a queue's proxy)
    return train(job, lambda done, total, loss: steps.put((job.name, done, total, loss)))
