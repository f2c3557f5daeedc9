"""A run: files in, outputs and a manifest out, nothing lost when the power goes, nothing done twice.

Each assessment goes to a journal as it is made; a run of the same inputs, announcement, model and settings takes up
an unfinished journal where it ends. The journal is also what the outputs are written from, so that the memory a run
needs does not grow with the assessments. What an earlier output at the same place holds is taken over from it.
"""

from matcher.running.comparing import find_pairs, task_profiles
from matcher.running.run import Progress, Request, Run, Tally, silent

__all__ = ["Progress", "Request", "Run", "Tally", "find_pairs", "silent", "task_profiles"]
