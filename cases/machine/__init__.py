"""What the office stands on: disks, processes, outages."""
