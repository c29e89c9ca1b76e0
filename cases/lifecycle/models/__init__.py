"""Cases, tasks, requests, contacts."""
