"""Settings and processes: how the office is put together, started, kept and restored."""
