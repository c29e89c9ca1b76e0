"""Rules, catalogue and towns: read, matched, judged."""
