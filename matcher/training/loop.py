"""The optimiser's loop, the same for every model trained here."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from matcher.training.recipe import Recipe
from matcher.training.tower import Tower

if TYPE_CHECKING:
    import torch

#: Called with the steps done, all steps, and the running loss.
Report = Callable[[int, int, float], None]
#: What a step makes small; called with gradients on.
Loss = Callable[[], "torch.Tensor"]

_WARM_UP, _LAST = 0.1, 0.02
_CLIP = 1.0
_MEMORY = 0.95


def seeded(recipe: Recipe) -> random.Random:
    """Set threads and seeds as the recipe says; return the generator of everything drawn."""
    import torch

    if recipe.threads:
        torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    return random.Random(recipe.seed)


def optimise(
    tower: Tower,
    scalars: Sequence[torch.Tensor],
    losses: Iterable[Loss],
    steps: int,
    recipe: Recipe,
    report: Report | None,
) -> None:
    """Take one step of AdamW (Loshchilov & Hutter, 2019) for each loss.

    Parameters
    ----------
    tower : Tower
        Its upper layers learn.
    scalars : sequence of tensor
        What else learns, at a rate of its own: scales and shifts of the losses, a head.
    losses : iterable of callable
        One a step, `steps` in all.
    """
    import torch

    optimiser = torch.optim.AdamW(
        [
            {"params": tower.parameters(), "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay},
            {"params": [*scalars], "lr": recipe.scalars_rate, "weight_decay": 0.0},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    running = 0.0
    for done, loss_of in enumerate(losses, start=1):
        loss = loss_of()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(tower.parameters(), _CLIP)
        optimiser.step()
        schedule.step()
        running = _MEMORY * running + (1 - _MEMORY) * loss.item()
        if report is not None:
            report(done, steps, running / (1 - _MEMORY**done))


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (_WARM_UP * steps)) * max(_LAST, 1 - step / steps)
