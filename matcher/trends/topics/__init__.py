"""What proposals are about: topics of many, groups of those outside all orientations."""

from matcher.trends.topics.finding import FoundTopic, Topics, find_topics
from matcher.trends.topics.outside import group_outside

__all__ = ["FoundTopic", "Topics", "find_topics", "group_outside"]
