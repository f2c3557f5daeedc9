"""Speed and memory, each figure beside a named alternative in the same run."""
