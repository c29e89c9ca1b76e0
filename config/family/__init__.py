"""The processes of one machine: each is kept alive for itself, none takes another with it (ADR 0013)."""
