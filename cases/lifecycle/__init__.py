"""The life of a case: its verbs, those of tasks and requests, and the sweep of due clocks."""
