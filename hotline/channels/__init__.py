"""How matters come in, a folder a channel; what the channels share stands beside them."""
