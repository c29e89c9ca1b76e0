"""The keys of intake and the counters of serials."""
