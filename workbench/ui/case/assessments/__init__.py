"""Assessments as dated states side by side: words, no lines, sums or arrows."""
