"""The bar of the desks: its entries and what waits behind each."""
