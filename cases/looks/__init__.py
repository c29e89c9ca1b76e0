"""No look without trace: recorded, rationed, told when unusual."""
