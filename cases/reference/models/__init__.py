"""Categories, regions, reasons."""
