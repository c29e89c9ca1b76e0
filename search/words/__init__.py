"""Words of a question and of a text: folded, cut, spelled, marked. Plain rules, no framework."""
