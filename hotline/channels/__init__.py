"""How matters come in, a folder a channel; what their forms share is a room of its own."""
