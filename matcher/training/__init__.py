"""`matcher train`: the encoder adapted so that a proposal lies near the orientations it answers."""

from matcher.training.adapting import adapt
from matcher.training.recipe import OrientationRecipe, PairRecipe, ReadingRecipe
from matcher.training.splitting import Split, split

__all__ = ["OrientationRecipe", "PairRecipe", "ReadingRecipe", "Split", "adapt", "split"]
